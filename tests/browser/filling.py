"""The small city that the browser tests walk through: founded by the demonstration's own commands, one case per state.

Run by the fixture `site` as a program, because it fills another database than the tests use:
`python -m tests.browser.filling PASSWORD`. The last line that it prints says where each case stands, as JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.cases.models import Case
    from yimen.demo.commands.city import Founded
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor

ITEMS = (
    "food-business-licence", "social-security-card", "id-card-renewal", "tobacco-retail-licence",
    "food-workshop-registration",
)  # fmt: skip
FOOD, INSTANT, RENEWAL, TOBACCO, WORKSHOP = ITEMS
PACKAGE = "disability-services"
MEMBERS = ("disability-certificate", "disability-subsidies", "resident-pension-enrol")


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    sys.stdout.write(json.dumps(fill(sys.argv[1])) + "\n")


def fill(password: str) -> dict[str, str]:
    """Found the city and walk the cases; gives the number (or token) of each by what it shows."""
    from yimen.catalog.commands.checkups import renew_checkups
    from yimen.demo.commands import found
    from yimen.kit.time import now
    from yimen.supervision.commands import sweep

    at = now()
    with tempfile.TemporaryDirectory() as folder:
        city = found(password=password, at=at, catalogue=_catalogue(Path(folder)))
    numbers = _cases(city, at)
    sweep(at=at)
    renew_checkups(at=at)
    _second_editor(at)
    return numbers | _package(city, at) | _ending(city, at) | _places(city, numbers["late"]) | _public(at) | _sessions()


def _package(city: Founded, at: datetime) -> dict[str, str]:
    """The citizen has begun a package, and divided it; an editor is changing it."""
    from yimen.applications.choices import Channel
    from yimen.applications.commands import together
    from yimen.catalog.commands.packaging import open_package_draft
    from yimen.catalog.queries.packaging import find_package

    package, hand = find_package(PACKAGE), _Hands(at)
    begun = together.begin_package(
        package=package, situation={"has_cert": "否", "low_income": "是", "severe": "否"}, subject=city.citizen,
        channel=Channel.WEB, by=hand.citizen, at=at,
    )  # fmt: skip
    together.divide_package(begun, by=hand.citizen, at=at)
    open_package_draft(package.package, by=hand.editor, at=at)
    return {"package": begun.number}


def _ending(city: Founded, at: datetime) -> dict[str, str]:
    """A licence of the firm that one test freezes and ends: nothing else leans on it."""
    from yimen.city.queries import agencies
    from yimen.kit.actor import Actor
    from yimen.vault.commands import take_in
    from yimen.vault.queries import kind_named

    kind = kind_named("drainage_permit")
    assert kind is not None
    made = take_in(
        kind, holder=city.firm, fields={"name": city.firm.name}, agency=agencies()[0], number="排水〔2026〕第9号",
        by=Actor.system(), at=at,
    )  # fmt: skip
    return {"ending": str(made.pk), "ending_token": made.token}


def _catalogue(folder: Path) -> Path:
    """A few items of the demonstration's catalogue: loading all of them takes longer than the tests."""
    from yimen.demo.commands.city import DATA

    (folder / "items").mkdir()
    for name in ("departments.json", "licences.json", *(f"items/{slug}.json" for slug in (*ITEMS, *MEMBERS))):
        shutil.copy(DATA / name, folder / name)
    packages = json.loads((DATA / "packages.json").read_text("utf-8"))
    chosen = [each for each in packages if each["code"] == PACKAGE]
    (folder / "packages.json").write_text(json.dumps(chosen, ensure_ascii=False), "utf-8")
    return folder


def _cases(city: Founded, at: datetime) -> dict[str, str]:
    from yimen.applications.choices import Channel
    from yimen.demo.commands import apply_for

    citizen, firm, early = city.citizen, city.firm, at - timedelta(days=1)
    hand = _Hands(early)
    asked = _asked(_received(RENEWAL, citizen, "citizen", early), _Hands(early + timedelta(hours=1)))
    closed = _delivered(_issued(_decided(FOOD, firm, "owner", early), hand), hand)
    return {
        "draft": _draft(FOOD, firm, hand).number,
        "received": _received(TOBACCO, firm, "owner", early).number,
        "supplement": asked.number,
        "late": _accepted(TOBACCO, firm, "owner", at - timedelta(days=70)).number,
        "accepted": _accepted(FOOD, firm, "owner", early).number,
        "workshop": _accepted(WORKSHOP, firm, "owner", early).number,
        "paused": _paused(_accepted(FOOD, firm, "owner", early), hand).number,
        "reviewed": _reviewed(FOOD, firm, "owner", early).number,
        "decided": _decided(FOOD, firm, "owner", early).number,
        "issued": _issued(_decided(RENEWAL, citizen, "citizen", early), hand).number,
        "closed": closed.number,
        "intake": apply_for(INSTANT, citizen, by=hand.clerk, at=early, channel=Channel.WINDOW, complete=False).number,
        "instant": _received(INSTANT, citizen, "clerk", early, Channel.WINDOW).number,
        "together": _together(citizen, hand),
        **_tokens(closed),
        **_mandate(firm, citizen, hand),
    }


def _draft(slug: str, subject: Subject, hand: _Hands) -> Application:
    """Complete, and written in since it was begun: an untouched one is found again by whoever begins anew."""
    from yimen.applications import commands as applications
    from yimen.demo.commands import apply_for

    draft = apply_for(slug, subject, by=hand.owner, at=hand.at)
    applications.answer(draft, {"contact_name": "李秀兰"}, by=hand.owner, at=hand.at + timedelta(minutes=5))
    return draft


def _together(citizen: Subject, hand: _Hands) -> str:
    """A package that a clerk has begun for somebody at the window."""
    from yimen.applications.choices import Channel
    from yimen.applications.commands.together import begin_package
    from yimen.catalog.queries.packaging import find_package

    answers = {"has_cert": "否", "low_income": "是", "severe": "否"}
    return begin_package(
        package=find_package(PACKAGE), situation=answers, subject=citizen, channel=Channel.WINDOW, by=hand.clerk,
        at=hand.at,
    ).number  # fmt: skip


def _mandate(firm: Subject, citizen: Subject, hand: _Hands) -> dict[str, str]:
    """The citizen handles some of the firm's business."""
    from yimen.identity.choices import Power
    from yimen.kit.time import day_of
    from yimen.portal.commands import grant_mandate

    given = grant_mandate(
        principal=firm, agent=citizen, powers=[Power.FILE, Power.RECEIVE], items=[TOBACCO],
        valid_from=day_of(hand.at), valid_to=None, by=hand.owner, at=hand.at,
    )  # fmt: skip
    return {"firm": str(firm.pk), "person": str(citizen.pk), "mandate": str(given.pk)}


def _tokens(closed: Case) -> dict[str, str]:
    """What the QR codes of a case that is over lead to."""
    from yimen.papers.models import Paper
    from yimen.results.queries import of as results_of

    licence = results_of(closed)[0].licence
    paper = Paper.objects.filter(about=closed.number).latest("id")
    return {"licence": str(licence.pk), "check": licence.token, "paper": paper.token}


def _places(city: Founded, late: str) -> dict[str, str]:
    from yimen.cases.queries import of_number
    from yimen.supervision.queries import of as cards_of

    return {"card": str(cards_of(of_number(late))[0].pk), "window": str(city.windows["1"].pk)}


def _second_editor(at: datetime) -> None:
    """A colleague of the editor: drafts are written by several."""
    from yimen.city.queries import post
    from yimen.identity import commands as identity
    from yimen.kit.actor import Actor

    by = Actor.system()
    user = identity.make_account(username="editor2", name="何静", password="not-for-signing-in-7", by=by, at=at)
    identity.assign_post(user, post("post-editor"), by=by, at=at)


def _public(at: datetime) -> dict[str, str]:
    """The quarter's lists are published, and a proof waits for the agency's answer to what people said."""
    from yimen.catalog.models import Comment, Consultation
    from yimen.catalog.queries.lists.quarters import quarter_of
    from yimen.demo.commands import open_to_the_public
    from yimen.kit.time import day_of

    open_to_the_public(at=at)
    asked = Consultation.objects.get()
    comment = Comment.objects.filter(consultation=asked).earliest("id")
    return {"consultation": str(asked.pk), "comment": str(comment.pk), "quarter": quarter_of(day_of(at))}


def _sessions() -> dict[str, str]:
    """Everybody is signed in already: the password's hash is slow on purpose, and one journey does sign in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from yimen.demo.choices import PEOPLE, STAFF
    from yimen.identity.queries import account

    found = {}
    for username in (*(each.username for each in (*PEOPLE, *STAFF)), "editor2"):
        user, session = account(username), SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "yimen.identity.access.AnyName"
        session.save()
        found[f"session {username}"] = str(session.session_key)
    return found


class _Hands:
    """Whoever does the steps, at an instant: `hand.clerk`."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __getattr__(self, username: str) -> Actor:
        from yimen.identity.queries import account, actor_for

        return actor_for(account(username), self.at)


def _received(slug: str, subject: Subject, who: str, at: datetime, channel: str = "web") -> Case:
    from yimen.applications import commands as applications
    from yimen.applications.choices import Channel
    from yimen.cases.queries import of_number
    from yimen.demo.commands import apply_for

    by = getattr(_Hands(at), who)
    application = apply_for(slug, subject, by=by, at=at, channel=Channel(channel))
    applications.submit(application, by=by, at=at)
    return of_number(application.number)


def _accepted(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    from yimen.cases import commands as cases

    return cases.accept(_received(slug, subject, who, at), by=_Hands(at).clerk, at=at)


def _asked(case: Case, hand: _Hands) -> Case:
    from yimen.cases import commands as cases

    material = next(each for each in case.edition.doc.materials if each.source == "申请人自备")
    wanted = [{"key": material.key or "", "reason": "扫描件不清晰，请重新上传。"}]
    fields = [{"name": "photo_receipt_no", "reason": "回执号少了一位。"}]
    return cases.ask_supplement(case, materials=wanted, fields=fields, by=hand.clerk, at=hand.at)


def _paused(case: Case, hand: _Hands) -> Case:
    from yimen.cases import commands as cases

    reason = "需要专家现场评审。"
    return cases.pause(case, ground="专家评审", planned_days=10, reason=reason, by=hand.reviewer, at=hand.at)


def _reviewed(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    from yimen.cases.queries import of_number
    from yimen.review import commands as review
    from yimen.review.choices import Opinion
    from yimen.review.queries import of as tasks_of

    case, by = _accepted(slug, subject, who, at), _Hands(at).reviewer
    while waiting := [task for task in tasks_of(case) if task.is_open]:
        for task in waiting:
            review.opine(case, task=task.pk, opinion=Opinion.AGREE, text="符合条件。", by=by, at=at)
    return of_number(case.number)


def _decided(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    from yimen.cases import commands as cases
    from yimen.cases.choices import Outcome

    case, chief = _reviewed(slug, subject, who, at), _Hands(at).chief
    return cases.decide(case, outcome=Outcome.GRANT, reason="符合法定条件。", by=chief, at=at)


def _issued(case: Case, hand: _Hands) -> Case:
    from yimen.results import commands as results

    return results.issue(case, by=hand.deliverer, at=hand.at)


def _delivered(case: Case, hand: _Hands) -> Case:
    from yimen.results import commands as results
    from yimen.results.choices import Way

    return results.deliver(case, way=Way.ELECTRONIC, by=hand.deliverer, at=hand.at)


if __name__ == "__main__":
    main()
