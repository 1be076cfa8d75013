from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "yimen.papers"
    label = "papers"

    def ready(self) -> None:
        from yimen.papers import reactions  # noqa: F401 - plugs the ears in
