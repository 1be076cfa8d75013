from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "yimen.supervision"
    label = "supervision"

    def ready(self) -> None:
        """Show cards on the case to staff; time corrections that wait."""
        from django.utils.translation import gettext_lazy as _

        from yimen.cases.ports import Panel, plug_panel, plug_part
        from yimen.city.choices import Duty
        from yimen.supervision import reactions  # noqa: F401
        from yimen.supervision.queries import part
        from yimen.ui.ports import Entry, offer_entry

        plug_part("cards", part)
        plug_panel(Panel("cards", "supervision/_cards.html", 5))
        watching = frozenset({Duty.SUPERVISOR, Duty.CHIEF})
        offer_entry(Entry("supervision", _("效能监督"), "supervision:board", "activity", watching, 40))
