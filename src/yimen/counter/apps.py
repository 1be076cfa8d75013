from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "yimen.counter"
    label = "counter"

    def ready(self) -> None:
        """Offer the window to clerks, and take supplements in there."""
        from django.utils.translation import gettext_lazy as _

        from yimen.cases.ports import VerbPage, plug_page
        from yimen.city.choices import Duty
        from yimen.law.states import Verb
        from yimen.ui.ports import Entry, offer_entry

        plug_page(Verb.SUPPLEMENT, VerbPage("counter:supplement", "m", "primary", "file-check"))
        offer_entry(Entry("counter", _("窗口"), "counter:start", "user-search", frozenset({Duty.CLERK}), 5))
