from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "yimen.catalog"
    label = "catalog"

    def ready(self) -> None:
        """The editors' entry in the desk's navigation."""
        from django.utils.translation import gettext_lazy as _

        from yimen.catalog import reactions  # noqa: F401 - it registers what is heard
        from yimen.catalog.access import DESK
        from yimen.ui import ports

        ports.offer_entry(
            ports.Entry(
                key="catalog",
                label=_("事项目录"),
                url_name="catalog:desk",
                icon="book",
                duties=frozenset(DESK),
                order=600,
                group=_("事项管理"),
            )
        )
