"""The issuing agency's desk: one draws up, another signs; who may, and nothing typed is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, city, identity
from yimen.kit.actor import Actor
from yimen.kit.time import CHINA
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.vault import commands, queries
from yimen.vault.choices import State, VersionKind
from yimen.vault.models import KindLayout, Licence, LicenceHolder, LicenceKind

AT = datetime(2026, 3, 9, 10, 0, tzinfo=CHINA)
SYSTEM = Actor.system()

pytestmark = pytest.mark.django_db


def signed(case: str = "", **more: Any) -> Licence:
    fields = {"address": "江南路 1 号", "items": "热食类食品制售"}
    kind = catalog.kinds()[more.pop("kind", "food_business_licence")]
    drawn = commands.draw_up(
        kind, holder=more.pop("holder", None) or identity.firm(), fields=fields, agency=city.agency("SJ"), case=case,
        by=SYSTEM, at=AT,
    )  # fmt: skip
    return commands.sign(drawn, by=SYSTEM, at=AT) if more.get("sign", True) else drawn


def desk(role: str, username: str = "") -> Client:
    client = Client()
    client.force_login(identity.staff(role, username=username or role))
    return client


def drawn_by(client: Client, kind: LicenceKind, **content: str) -> Licence:
    firm, agency = identity.firm(), city.agency("SJ")
    begun = client.post(
        reverse("vault:begin"),
        {"kind": kind.code, "agency": str(agency.pk), "document": firm.document, "number": firm.number},
    )
    assert begun.status_code == 302, begun.content.decode()
    assert firm.number not in begun["Location"], "no number of anybody stands in an address"
    done = client.post(begun["Location"], {f"f__{key}": value for key, value in content.items()})
    assert done.status_code == 302, done.content.decode()
    return Licence.objects.get()


def test_one_draws_up_and_another_signs() -> None:
    city.agency("SJ")
    clerk, chief = desk("clerk"), desk("chief")

    licence = drawn_by(clerk, catalog.kinds()["food_business_licence"], address="江南路 1 号", items="热食类食品制售")
    sign = reverse("vault:deed", args=[licence.pk, "sign"])

    assert clerk.post(sign).status_code == 403
    assert licence.kind.name in chief.get(reverse("vault:issuing")).content.decode()
    assert chief.post(sign).status_code == 302
    assert chief.post(sign).status_code == 409, "a second press is told that it is signed"
    licence.refresh_from_db()
    assert (licence.state, licence.fields["address"]) == (State.SIGNED, "江南路 1 号")


def test_whoever_drew_it_up_is_told_that_another_signs() -> None:
    city.agency("SJ")
    deliverer = desk("deliverer")
    licence = drawn_by(deliverer, catalog.kinds()["food_business_licence"], address="江南路 1 号")

    answer = deliverer.post(reverse("vault:deed", args=[licence.pk, "sign"]))

    assert answer.status_code == 403
    assert "制证和签发须由不同的人办理" in answer.content.decode()


def test_several_holders_are_written_down_by_their_numbers() -> None:
    city.agency("SJ")
    wife, husband = identity.person("钟小梅"), identity.person("李大山")
    clerk, agency = desk("clerk"), city.agency("SJ")
    begun = (
        clerk.post(
            reverse("vault:begin"),
            {
                "kind": "marriage_certificate",
                "agency": str(agency.pk),
                "document": wife.document,
                "number": wife.number,
            },
        )
        if catalog.kinds()
        else None
    )
    assert begun is not None

    wrong = clerk.post(begun["Location"], {"others": "441402199001010000 一半"})
    assert wrong.status_code == 422
    assert "441402199001010000 一半" in wrong.content.decode(), "nothing typed is lost"
    done = clerk.post(begun["Location"], {"own_share": "共同共有", "others": f"{husband.number} 共同共有"})

    assert done.status_code == 302
    rows = LicenceHolder.objects.order_by("place")
    assert [(row.name, row.share) for row in rows] == [("钟小梅", "共同共有"), ("李大山", "共同共有")]


def test_a_wrong_number_on_a_licence_is_found_as_it_is_typed() -> None:
    person, clerk = identity.person("钟小梅"), None
    agency = city.agency("GA")
    catalog.kinds()
    clerk = desk("clerk")
    begun = clerk.post(
        reverse("vault:begin"),
        {"kind": "id_card", "agency": str(agency.pk), "document": person.document, "number": person.number},
    )

    answer = clerk.post(begun["Location"], {"f__id_number": "441402199001011235"})

    assert answer.status_code == 422
    assert not Licence.objects.exists()


def test_the_next_version_keeps_what_is_not_changed() -> None:
    old = signed(case="C9")
    clerk = desk("clerk")
    page = clerk.get(reverse("vault:next_version", args=[old.pk])).content.decode()
    assert "江南路 1 号" in page

    given = {"made_as": "changed", "f__address": "江北路 2 号", "f__items": "热食类食品制售"}
    done = clerk.post(reverse("vault:next_version", args=[old.pk]), given)

    assert done.status_code == 302
    new = Licence.objects.get(version=2)
    assert (new.made_as, new.fields["address"], new.number) == (VersionKind.CHANGED, "江北路 2 号", old.number)
    old.refresh_from_db()
    assert old.state == State.SIGNED, "the old one holds until the new one is signed"


def test_what_a_case_gives_is_signed_in_its_case() -> None:
    draft, chief = signed(case="C1", sign=False), desk("chief")

    answer = chief.post(reverse("vault:deed", args=[draft.pk, "sign"]))

    assert answer.status_code == 409
    assert "请在办件里签发" in answer.content.decode()


def test_suspended_given_back_and_ended_on_pages() -> None:
    licence, chief = signed(), desk("chief")

    def do(key: str, **given: str) -> int:
        return chief.post(reverse("vault:deed", args=[licence.pk, key]), given).status_code

    assert do("suspend", ground="", reason="限期整改") == 422
    assert do("suspend", ground="《行政处罚法》第九条", reason="限期整改") == 302
    assert do("resume", reason="整改完成") == 302
    assert do("end", kind="penalty", ground="《食品安全法》第一百二十四条", reason="情节严重") == 302
    assert do("end", kind="cancelled", ground="第七十条", reason="再次") == 409
    page = chief.get(reverse("vault:issued", args=[licence.pk])).content.decode()
    assert all(words in page for words in ("暂扣", "解除暂扣", "吊销", "情节严重"))


def test_opening_a_licence_at_the_desk_is_written_where_its_holder_sees_it() -> None:
    licence, clerk = signed(), desk("clerk")

    clerk.get(reverse("vault:issued", args=[licence.pk]))

    last = story(subject_chain(licence.holder_id))[-1]
    assert (last.verb, last.ground) == ("look", "发证机关管理证照")


def test_related_licences_lead_to_each_other() -> None:
    one, two, clerk = signed(), signed(), desk("clerk")

    clerk.post(reverse("vault:deed", args=[one.pk, "relate"]), {"number": two.number, "words": "前置许可"})

    assert two.number in clerk.get(reverse("vault:issued", args=[one.pk])).content.decode()
    assert one.number in clerk.get(reverse("vault:issued", args=[two.pk])).content.decode()


SEES = {"clerk": 200, "reviewer": 200, "chief": 200, "deliverer": 200, "editor": 403, "administrator": 403}


@pytest.mark.parametrize(("role", "status"), SEES.items())
def test_the_desk_is_for_whoever_deals_with_cases(role: str, status: int) -> None:
    licence = signed()
    client = desk(role)

    pages = [reverse("vault:issuing"), reverse("vault:issued", args=[licence.pk]), reverse("vault:begin")]

    assert {client.get(page).status_code for page in pages} == {status}


def test_citizens_find_no_desk(client: Client) -> None:
    licence = signed()
    client.force_login(identity.citizen())

    assert client.get(reverse("vault:issued", args=[licence.pk])).status_code == 403
    assert client.get(reverse("vault:kinds")).status_code == 403


def test_a_list_of_licences_costs_the_same_however_many(django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        signed()
    client = desk("chief")

    with django_assert_max_num_queries(20):
        client.get(reverse("vault:issuing") + "?step=signed")


KINDS = {"clerk": (200, 403), "editor": (200, 200), "administrator": (200, 200), "supervisor": (403, 403)}


@pytest.mark.parametrize(("role", "statuses"), KINDS.items())
def test_kinds_are_read_by_the_desk_and_written_by_editors(role: str, statuses: tuple[int, int]) -> None:
    catalog.kinds()
    city.agency("SJ")
    client, code = desk(role), "food_business_licence"

    read = {client.get(reverse(f"vault:{name}", args=[code])).status_code for name in ("kind", "preview")}
    write = {client.get(reverse(f"vault:{name}", args=[code])).status_code for name in ("edit_kind", "edit_layout")}

    assert (read, write) == ({statuses[0]}, {statuses[1]})


def test_an_editor_names_a_field_anew_and_old_licences_read_as_they_did() -> None:
    catalog.kinds()
    city.agency("SJ")
    editor, code = desk("editor"), "food_business_licence"
    given = {
        "form": "sheet",
        "title": "食品经营许可证",
        "entries": ["address", "items"],
        "order": "items",
        "wide": ["items"],
    }
    assert editor.post(reverse("vault:edit_layout", args=[code]), given).status_code == 302
    old = signed()
    kind = LicenceKind.objects.get(code=code)
    fields = queries.kind_fields(kind)
    named = {f"{field.key}__label": "店铺地址" if field.key == "address" else field.label for field in fields}
    typed = {f"{field.key}__type": field.type.value for field in fields}
    own = {"name": kind.name, "issuing_department": "SJ", "holder_kind": kind.holder_kind, "validity_years": "5"}

    assert editor.post(reverse("vault:edit_kind", args=[code]), named | typed | own).status_code == 302
    assert editor.post(reverse("vault:edit_layout", args=[code]), given | {"form": "card"}).status_code == 302
    new = signed()

    assert [layout.version for layout in KindLayout.objects.order_by("version")] == [1, 2]
    before, after = queries.paper(Licence.objects.get(pk=old.pk)), queries.paper(Licence.objects.get(pk=new.pk))
    assert (before.form, [entry.label for entry in before.entries]) == ("sheet", ["经营项目", "地址"])
    assert (after.form, [entry.label for entry in after.entries]) == ("card", ["经营项目", "店铺地址"])


def test_a_new_kind_is_defined_on_a_page_and_its_code_only_once() -> None:
    office = city.agency("CG")
    editor = desk("editor")
    page = editor.get(reverse("vault:new_kind")).content.decode()
    assert 'value="CG"' in page, "nobody types a department's code"
    assert f"{office.name}（CG）" in page
    given = {
        "code": "stall_permit", "name": "临时摊位许可证", "issuing_department": "CG", "holder_kind": "both",
        "new1__key": "place", "new1__label": "摊位位置", "new1__type": "address", "new1__sensitivity": "public",
    }  # fmt: skip

    assert editor.post(reverse("vault:new_kind"), given).status_code == 302
    again = editor.post(reverse("vault:new_kind"), given)

    assert again.status_code == 422
    kind = LicenceKind.objects.get(code="stall_permit")
    assert [field.label for field in queries.kind_fields(kind)] == ["摊位位置"]
