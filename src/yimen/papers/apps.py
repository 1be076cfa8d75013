from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "yimen.papers"
    label = "papers"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from yimen.city import ports
        from yimen.papers import reactions  # noqa: F401 - plugs the ears in
        from yimen.papers.queries import signed_with

        ports.plug_signed(_("文书"), signed_with)
