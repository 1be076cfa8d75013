"""Every application is counted once, as it was sent; what comes about later changes the sums by the difference."""

from __future__ import annotations

from datetime import date

from tests.builders import jobs, walk
from yimen.analytics import commands, queries
from yimen.analytics.models import MaterialTally, Saving, Tally
from yimen.applications.choices import Channel
from yimen.applications.queries import of_number
from yimen.applications.queries.met import met
from yimen.cases import commands as cases
from yimen.kit.time import now
from yimen.results.choices import Way


def saving(case) -> Saving:
    return Saving.objects.get(application=case.application_id)


def sums(row: Saving | Tally) -> tuple[int, ...]:
    return tuple(getattr(row, each) for each in commands.MEASURES)


def test_an_application_is_counted_after_it_is_sent_with_the_materials_as_they_were_met(town, edition):
    case = walk.received(town, edition, at=walk.at("2026-02-27"))

    jobs.run()

    ways = [each.way for each in met(of_number(case.number))]
    told, tally = saving(case), Tally.objects.get()
    assert told.asked == sum(way not in ("not_asked", "form", "upload") for way in ways) > 0
    assert told.spared == sum(way in ("licence", "service", "earlier", "exempt") for way in ways)
    assert 0 < told.fields_known <= told.fields_asked
    assert (told.visits_usual, told.visits_made, told.visits_spared) == (1, 0, 1)
    assert (told.month, tally.month) == (date(2026, 2, 1), date(2026, 2, 1))
    assert (tally.applications, *sums(tally)) == (1, *sums(told))
    assert sum(MaterialTally.objects.values_list("count", flat=True)) == told.asked


def test_counting_again_changes_nothing(town, edition):
    case = walk.received(town, edition, at=walk.at("2026-02-27"))
    jobs.run()
    before = sums(Tally.objects.get()), list(MaterialTally.objects.order_by("id").values_list("material", "count"))

    commands.count(of_number(case.number), now())
    commands.count(of_number(case.number), now())

    after = sums(Tally.objects.get()), list(MaterialTally.objects.order_by("id").values_list("material", "count"))
    assert after == before
    assert Tally.objects.get().applications == 1


def test_the_sums_are_those_of_the_applications(town, edition):
    some = [walk.received(town, edition, at=walk.at(day)) for day in ("2026-02-26", "2026-02-27", "2026-03-02")]

    jobs.run()

    told = Saving.objects.all()
    assert len(told) == len(some)
    for each in commands.MEASURES:
        assert sum(getattr(row, each) for row in Tally.objects.all()) == sum(getattr(row, each) for row in told), each
    assert list(Tally.objects.order_by("month").values_list("month", "applications")) == [
        (date(2026, 2, 1), 2),
        (date(2026, 3, 1), 1),
    ]


def test_a_supplement_from_home_and_a_result_by_post_are_visits_nobody_had_to_make(town, edition):
    case = walk.received(town, edition, at=walk.at("2026-02-24"))
    clerk, owner = town.act("clerk", walk.at("2026-02-25")), town.act("owner", walk.at("2026-02-26"))
    cases.ask_supplement(
        case, materials=[{"key": "m03", "reason": "没有标注面积。"}], fields=[], by=clerk, at=walk.at("2026-02-25")
    )
    walk.applications.attach(
        of_number(case.number), "m03", upload=("图.pdf", walk.PDF), by=owner, at=walk.at("2026-02-26")
    )
    cases.supplement(walk.case_queries.of_number(case.number), by=owner, at=walk.at("2026-02-26"))

    jobs.run()

    told = saving(case)
    assert (told.visits_usual, told.visits_made, told.visits_spared) == (2, 0, 2)
    assert Tally.objects.get().visits_spared == 2


def test_a_result_fetched_at_a_window_is_a_visit(town, edition):
    away = walk.closed(town, edition, at=walk.at("2026-02-24"), way=Way.POST)
    there = walk.closed(town, edition, at=walk.at("2026-02-25"), way=Way.WINDOW)

    jobs.run()

    assert [(each.visits_usual, each.visits_made) for each in map(saving, (away, there))] == [(2, 0), (2, 1)]
    assert Tally.objects.get().visits_made == 1


def test_two_that_are_handed_in_at_a_window_on_one_day_are_one_visit(town, edition):
    how = {"who": "clerk", "channel": Channel.WINDOW}
    first = walk.received(town, edition, at=walk.at("2026-02-24 09:30"), **how)
    second = walk.received(town, edition, at=walk.at("2026-02-24 10:30"), **how)
    later = walk.received(town, edition, at=walk.at("2026-02-25 10:30"), **how)

    jobs.run()

    assert [saving(each).visits_made for each in (first, second, later)] == [1, 0, 1]


def test_figures_of_an_application_need_no_job(town, edition):
    case = walk.received(town, edition, at=walk.at("2026-02-27"))

    told = queries.figures(of_number(case.number))

    jobs.run()
    assert told == dict(zip(commands.MEASURES, sums(saving(case)), strict=True))
