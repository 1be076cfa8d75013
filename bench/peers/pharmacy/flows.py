"""accept, review A beside review B, decide, deliver."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow import views

from bench.peers.pharmacy.models import Pharmacy


def _human() -> Any:
    return flow.View(views.UpdateProcessView.as_view(fields=["note"])).Assign(username="bench")


class PharmacyFlow(flow.Flow):  # type: ignore[misc]
    process_class = Pharmacy

    start = flow.StartHandle(this.begin).Next(this.accept)
    accept = _human().Next(this.split)
    split = flow.Split().Next(this.review_a).Next(this.review_b)
    review_a = _human().Next(this.join)
    review_b = _human().Next(this.join)
    join = flow.Join().Next(this.decide)
    decide = _human().Next(this.deliver)
    deliver = _human().Next(this.end)
    end = flow.End()

    def begin(self, activation: Any) -> Pharmacy:
        process: Pharmacy = activation.process
        return process
