"""Reading what was saved: by agency, item and month, and which materials are asked for and met how."""

from yimen.analytics.queries.facts import figures
from yimen.analytics.queries.ranking import Ranked, ranking
from yimen.analytics.queries.savings import Saved, by_agency, by_item, by_month, total
from yimen.analytics.queries.spans import Span, span, spans

__all__ = [
    "Ranked",
    "Saved",
    "Span",
    "by_agency",
    "by_item",
    "by_month",
    "figures",
    "ranking",
    "span",
    "spans",
    "total",
]
