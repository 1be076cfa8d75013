from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "yimen.results"
    label = "results"

    def ready(self) -> None:
        """Hear decisions, offer issue and deliver, show results on the case."""
        from django.urls import reverse

        from yimen.cases.ports import plug_part
        from yimen.results import access, reactions  # noqa: F401
        from yimen.results.queries import part
        from yimen.vault.ports import plug_case_page

        plug_part("results", part)
        plug_case_page(lambda number: reverse("cases:case", args=[number]))
        _offer_desk()


def _offer_desk() -> None:
    from django.urls import reverse
    from django.utils.translation import gettext_lazy as _

    from yimen.cases.ports import Panel, Tab, VerbPage, plug_page, plug_panel, plug_tab
    from yimen.city.choices import Duty
    from yimen.law.states import Verb
    from yimen.results.queries import count_decided, undeliverable, unissued

    handing_out = frozenset({Duty.DELIVERER, Duty.CLERK, Duty.CHIEF})
    plug_page(Verb.ISSUE, VerbPage("results:issue", "i", "primary", "certificate", unissued))
    plug_page(Verb.DELIVER, VerbPage("results:deliver", "s", "primary", "truck-delivery", undeliverable))
    plug_panel(Panel("results", "results/_results.html", 20))
    plug_tab(Tab("results", _("待出件"), lambda: reverse("results:results"), handing_out, count_decided, 40))
