from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "yimen.catalog"
    label = "catalog"

    def ready(self) -> None:
        """The editors' entry in the desk's navigation."""
        from django.utils.translation import gettext_lazy as _

        from yimen.catalog import reactions  # noqa: F401 - it registers what is heard
        from yimen.catalog.access import DESK, LINT
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
        ports.offer_entry(
            ports.Entry(
                key="catalog_lint",
                label=_("目录体检"),
                url_name="catalog:lint",
                icon="stethoscope",
                duties=frozenset(LINT),
                order=620,
                group=_("事项管理"),
            )
        )
        ports.offer_entry(
            ports.Entry(
                key="consultations",
                label=_("征求意见"),
                url_name="catalog:consultations",
                icon="speakerphone",
                duties=frozenset(DESK),
                order=640,
                group=_("事项管理"),
            )
        )
        ports.offer_entry(
            ports.Entry(
                key="lists",
                label=_("公开清单"),
                url_name="catalog:lists",
                icon="list-check",
                duties=frozenset(DESK),
                order=650,
                group=_("事项管理"),
            )
        )
