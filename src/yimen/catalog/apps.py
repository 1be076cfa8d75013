from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "yimen.catalog"
    label = "catalog"

    def ready(self) -> None:
        """The editors' entries in the desk's navigation; a slip in the city's rules is told; lists are read early."""
        from django.utils.translation import gettext_lazy as _

        from yimen.catalog import reactions  # noqa: F401 - it registers what is heard
        from yimen.catalog.access import DESK, LINT, MANUALS
        from yimen.catalog.queries.finding import warm_up
        from yimen.catalog.queries.life import to_look_at
        from yimen.catalog.queries.linting import require_sound_table
        from yimen.catalog.queries.lists.holdings import holdings
        from yimen.kit.warming import warm
        from yimen.ui import ports

        require_sound_table()
        warm("catalog.search", warm_up)
        warm("catalog.lists", holdings)
        ports.offer_entry(ports.Entry("manuals", _("业务手册"), "catalog:manuals", "book", MANUALS, order=400))
        group = _("事项管理")
        for key, label, url_name, icon, duties, order in (
            ("catalog", _("事项目录"), "catalog:desk", "book", DESK, 600),
            ("catalog_waiting", _("编制和审核"), "catalog:waiting", "rubber-stamp", DESK, 605),
            ("catalog_packages", _("一件事"), "catalog:packages", "folders", DESK, 610),
            ("catalog_library", _("数据元库"), "catalog:library", "database", DESK, 615),
            ("catalog_lint", _("目录体检"), "catalog:lint", "stethoscope", LINT, 620),
            ("consultations", _("征求意见"), "catalog:consultations", "speakerphone", DESK, 640),
            ("lists", _("公开清单"), "catalog:lists", "list-check", DESK, 650),
        ):
            held = frozenset(duties)
            count = to_look_at if key == "catalog_waiting" else None
            ports.offer_entry(
                ports.Entry(key, label, url_name, icon, duties=held, order=order, group=group, count=count)
            )
