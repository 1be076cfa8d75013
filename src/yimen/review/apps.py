from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "yimen.review"
    label = "review"

    def ready(self) -> None:
        """Hear acceptances, hold back decisions while tasks are open, show tasks on the case."""
        from yimen.cases.ports import plug_hindrance, plug_part
        from yimen.review import access, reactions  # noqa: F401
        from yimen.review.queries import part, undone

        plug_hindrance(undone)
        plug_part("tasks", part)
        _offer_desk()


def _offer_desk() -> None:
    from functools import partial

    from django.urls import reverse
    from django.utils.translation import gettext_lazy as _

    from yimen.cases.ports import Panel, Tab, VerbPage, plug_caution, plug_page, plug_panel, plug_tab
    from yimen.law.states import Verb
    from yimen.review.queries import REVIEWING, count_decidable, count_tasks, disagreements, next_decision, none_open

    plug_page(Verb.OPINE, VerbPage("review:opine", "o", "primary", "writing-sign", none_open))
    plug_panel(Panel("tasks", "review/_tasks.html", 10))
    plug_caution(disagreements)
    plug_tab(Tab("tasks", _("审查中"), lambda: reverse("review:tasks"), REVIEWING, count_tasks, 5))
    url = partial(reverse, "review:decisions")
    plug_tab(Tab("decisions", _("待决定"), url, REVIEWING, count_decidable, 6, next_decision))
