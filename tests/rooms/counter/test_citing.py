"""At intake a clerk names an own department's licence by its number and takes no paper (按编号引用)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import browser_forms, walk
from tests.builders.desk import text
from yimen.applications import commands
from yimen.applications.choices import CITED, Channel, Presented
from yimen.applications.models import Document, MaterialMet
from yimen.cases.queries import material_faces
from yimen.identity.access import actor_for
from yimen.vault import commands as vault
from yimen.vault import queries as licences
from yimen.vault.choices import UseKind
from yimen.vault.models import LicenceUse

NUMBER = "441402000055555"


@pytest.fixture
def draft(town, edition, at):
    return commands.begin(edition=edition, subject=town.firm, channel=Channel.WINDOW, by=town.act("clerk", at), at=at)


@pytest.fixture
def licence(town, draft):
    """Taken in after the draft was begun, so that it isn't presented by itself; of the item's own department."""
    return vault.take_in(
        licences.kind_named("business_licence"), holder=town.firm, fields={"name": town.firm.name}, agency=town.agency,
        number=NUMBER, by=walk.SYSTEM, at=walk.FOUNDED,
    )  # fmt: skip


@pytest.fixture
def key(draft):
    return next(each.key for each in draft.edition.doc.materials if each.licence_type == "business_licence")


def cite(draft, key, by, at, number=NUMBER):
    return commands.cite(draft, key, number=number, by=by, at=at)


def test_the_material_is_met_by_what_was_cited_and_its_holder_reads_of_it(town, draft, licence, key, at):
    clerk = town.act("clerk", at)

    document = cite(draft, key, clerk, at, f" {NUMBER} ")
    again = cite(draft, key, clerk, at)

    assert (document.presented, document.licence_id, document.note) == (Presented.LICENCE, licence.pk, CITED)
    assert again.pk == document.pk
    use = LicenceUse.objects.filter(licence=licence).order_by("id")[0]
    assert (use.kind, use.case, use.purpose) == (UseKind.CITED, draft.number, "窗口收件")
    [face] = [each for each in material_faces(draft, at=at) if each.line.key == key]
    assert face.met
    assert "按编号引用" in face.how


def test_what_is_not_the_department_s_or_not_the_applicant_s_is_not_cited(town, draft, licence, key, at):
    clerk, kind = town.act("clerk", at), licences.kind_named("business_licence")
    vault.take_in(
        kind, holder=town.citizen, fields={}, agency=town.agency, number="441402000066666", by=walk.SYSTEM,
        at=walk.FOUNDED,
    )  # fmt: skip
    other = next(each.key for each in draft.edition.doc.materials if not each.licence_type)

    for number in ("441402000066666", "no such number"):
        with pytest.raises(vault.NothingQuoted):
            cite(draft, key, clerk, at, number)
    with pytest.raises(commands.NotCitable):
        cite(draft, other, clerk, at)
    assert not Document.objects.filter(application=draft, licence__isnull=False).exists()


def test_applicants_do_not_cite_online(town, edition, licence, key, at):
    owner = actor_for(town.users["owner"], at)
    online = commands.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=owner, at=at)

    with pytest.raises(commands.OnlyAtWindow):
        cite(online, key, owner, at)


def test_the_checklist_takes_the_number_and_says_what_is_wrong_with_it(town, draft, licence, key, visit, at):
    desk, page = visit("clerk"), reverse("counter:intake", args=[draft.number])
    shown = text(desk.get(page))
    post = dict(browser_forms.post(shown[shown.index('<form method="post" enctype') :]).lists())

    wrong = desk.post(page, post | {f"cite_{key}": ["000"], "save": ["1"]})
    right = desk.post(page, post | {f"cite_{key}": [NUMBER], "save": ["1"]}, follow=True)

    assert f'name="cite_{key}"' in shown
    assert wrong.status_code == 422
    assert "没有找到编号“000”" in text(wrong)
    assert "按编号引用 ·" in text(right)
    assert Document.objects.filter(application=draft, material=key, licence=licence, note=CITED).count() == 1
    assert not MaterialMet.objects.filter(application=draft).exists(), "what counts is how it is met at submission"
