from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "yimen.analytics"
    label = "analytics"

    def ready(self) -> None:
        """A place in the desk's navigation."""
        from django.utils.translation import gettext_lazy as _

        from yimen.analytics import reactions  # noqa: F401 - registers what it hears
        from yimen.analytics.access import READING
        from yimen.ui.ports import Entry, offer_entry

        offer_entry(Entry("analytics", _("减材料成效"), "analytics:savings", "chart-bar", frozenset(READING), 390))
