from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "yimen.hall"
    label = "hall"

    def ready(self) -> None:
        """Offer the desk's page of windows."""
        from django.utils.translation import gettext_lazy as _

        from yimen.city.choices import Duty
        from yimen.ui.ports import Entry, offer_entry

        managing = frozenset({Duty.HALL_MANAGER, Duty.ADMINISTRATOR})
        offer_entry(Entry("windows", _("窗口授权"), "hall:windows", "layout-kanban", managing, 50))
