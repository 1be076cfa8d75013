"""Keys of agencies: made once, replaced, revoked; a store that fails leaves nothing half-signed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse

from tests.builders import city, identity
from tests.builders.threads import at_once, refusals
from yimen.city import commands, queries
from yimen.city.choices import RevokedFor, city_chain
from yimen.city.models import SigningKey
from yimen.kit.actor import Actor
from yimen.kit.crypto import sm3
from yimen.kit.errors import Forbidden, Invalid
from yimen.kit.signing import KeyKind, KeyStoreUnavailable, key_store
from yimen.kit.time import CHINA
from yimen.ledger.queries import story

AT = datetime(2026, 3, 9, 10, 0, tzinfo=CHINA)
DAY = timedelta(days=1)
SYSTEM = Actor.system()
DIGEST = sm3(b"a licence")
HOLDER = "441400-SJ"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key store of this test's own."""
    folder = tmp_path / "signing"
    monkeypatch.setattr(key_store(), "folder", folder)
    return folder


def good(signed: commands.Signed, at: datetime = AT) -> bool:
    key = SigningKey.objects.get(pk=signed.key.pk)
    return queries.judge(key, HOLDER, DIGEST, signed.value, at).good


def revoked(key: SigningKey, at: datetime, since: datetime | None = None) -> SigningKey:
    return commands.revoke_key(
        key, reason=RevokedFor.COMPROMISED, note="私钥外泄", distrusted_from=since, by=SYSTEM, at=at
    )


def test_the_first_signature_makes_the_key_and_the_next_ones_use_it() -> None:
    one, two = (commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT) for _ in range(2))

    assert one.key == two.key
    assert (one.key.name, one.key.number) == ("441400-SJ.sm2.1", 1)
    assert good(one)
    assert [line.verb for line in story(city_chain("keys", HOLDER))] == ["key_in_use"]


def test_a_signature_of_a_replaced_key_stays_good_as_of_its_time() -> None:
    old = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT)

    commands.rotate_key(HOLDER, KeyKind.SM2, name="市监局", by=SYSTEM, at=AT + DAY)
    new = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT + 2 * DAY)

    assert (old.key.number, new.key.number) == (1, 2)
    assert good(old)
    assert not good(old, AT + 2 * DAY), "the old key signs nothing after its time"


def test_a_revoked_key_takes_with_it_what_it_signed_from_the_instant_of_distrust_on() -> None:
    before = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT)
    after = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT + 2 * DAY)

    revoked(before.key, AT + 3 * DAY, since=AT + DAY)

    assert good(before)
    assert not good(after, AT + 2 * DAY)
    assert not good(before, AT + DAY), "the instant itself is no longer trusted"


def test_after_a_revocation_nothing_is_signed_until_there_is_a_new_key() -> None:
    key = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT).key
    revoked(key, AT + DAY)

    with pytest.raises(commands.NoKeyLeft):
        commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT + 2 * DAY)

    commands.rotate_key(HOLDER, KeyKind.SM2, name="市监局", by=SYSTEM, at=AT + 2 * DAY)
    assert commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT + 3 * DAY).key.number == 2


def test_a_key_is_revoked_once_and_not_from_the_future_on() -> None:
    key = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT).key

    with pytest.raises(Invalid):
        revoked(key, AT, since=AT + DAY)
    revoked(key, AT)
    with pytest.raises(commands.AlreadyRevoked):
        revoked(key, AT)


def test_a_signature_is_believed_of_its_own_agency_only() -> None:
    signed = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT)

    assert not queries.judge(signed.key, "441400-GA", DIGEST, signed.value, AT).good
    assert not queries.judge(signed.key, HOLDER, sm3(b"another"), signed.value, AT).good


@pytest.mark.parametrize("harm", ["gone", "torn", "unreadable"])
def test_a_key_that_is_lost_is_told_and_never_made_anew(store: Path, harm: str) -> None:
    key = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT).key
    file = store / key.name
    file.unlink()
    if harm == "torn":
        file.write_bytes(b"short")
    if harm == "unreadable":
        file.mkdir()

    with pytest.raises(KeyStoreUnavailable) as told:
        commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT)

    assert "没有签发任何内容" in told.value.detail
    assert not file.is_file() or harm == "torn"


def test_a_store_that_can_t_be_written_makes_no_key(store: Path) -> None:
    store.parent.mkdir(parents=True, exist_ok=True)
    store.write_text("a file where the folder should be")

    with pytest.raises(KeyStoreUnavailable):
        commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT)

    assert not SigningKey.objects.exists()


def test_private_parts_are_their_owner_s_alone_and_not_in_the_database(store: Path) -> None:
    key = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT).key

    file = store / key.name
    assert file.stat().st_mode & 0o077 == 0
    assert file.read_bytes() not in bytes(key.public)


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_first_key_at_once_get_the_same_one() -> None:
    def sign() -> commands.Signed:
        return commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT)

    one, two = at_once(sign, sign)

    assert one.key.pk == two.key.pk
    assert SigningKey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_revoke_a_key_at_once_one_succeeds() -> None:
    key = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT).key

    outcomes = at_once(lambda: revoked(key, AT + DAY), lambda: revoked(key, AT + DAY))

    assert refusals(outcomes) == ["key_already_revoked"]


def certificate(holder: str = HOLDER) -> SigningKey:
    return commands.key_in_use(holder, KeyKind.X509, name="岭东市市场监督管理局", by=SYSTEM, at=AT)


def test_a_certificate_names_the_agency_and_its_authority_vouches_for_it() -> None:
    own = x509.load_der_x509_certificate(bytes(certificate().certificate or b""))
    root = x509.load_der_x509_certificate(queries.roots()[0])

    own.verify_directly_issued_by(root)
    names = {each.oid._name: each.value for each in own.subject}
    assert (names["commonName"], names["organizationalUnitName"]) == ("岭东市市场监督管理局", HOLDER)
    point = own.extensions.get_extension_for_class(x509.CRLDistributionPoints).value[0]
    assert point.full_name is not None
    assert point.full_name[0].value.endswith(reverse("city:crl"))


def test_a_certificate_past_its_date_is_replaced_at_need() -> None:
    old = certificate()

    new = commands.key_in_use(HOLDER, KeyKind.X509, name="市监局", by=SYSTEM, at=AT + 1200 * DAY)

    assert new.number == old.number + 1


def test_the_revocation_list_is_a_real_one(client: Any) -> None:
    key = certificate()
    revoked(key, AT + DAY, since=AT)

    answer = client.get(reverse("city:crl"))

    assert answer["Content-Type"] == "application/pkix-crl"
    listed = x509.load_der_x509_crl(answer.content)
    root = x509.load_der_x509_certificate(queries.roots()[0])
    public = root.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert listed.is_signature_valid(public)
    own = x509.load_der_x509_certificate(bytes(key.certificate or b""))
    row = listed.get_revoked_certificate_by_serial_number(own.serial_number)
    assert row is not None
    reason = row.extensions.get_extension_for_class(x509.CRLReason).value.reason
    assert reason is x509.ReasonFlags.key_compromise


def test_only_administrators_replace_and_revoke() -> None:
    key = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT).key
    clerk = identity.actor(identity.staff("clerk"))

    with pytest.raises(Forbidden):
        commands.rotate_key(HOLDER, KeyKind.SM2, name="市监局", by=clerk, at=AT)
    with pytest.raises(Forbidden):
        commands.revoke_key(key, reason=RevokedFor.CEASED, note="", by=clerk, at=AT)


ROLES = {"administrator": 200, "clerk": 403, "chief": 403, "editor": 403, "supervisor": 403}


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_pages_of_keys_are_the_administrator_s(client: Any, role: str, status: int) -> None:
    city.agency("SJ")
    key = commands.sign_for(HOLDER, DIGEST, by=SYSTEM, at=AT).key
    client.force_login(identity.staff(role))

    pages = [
        reverse("city:keys"),
        reverse("city:keys_of", args=[HOLDER]),
        reverse("city:rotate_key", args=[HOLDER, "sm2"]),
        reverse("city:revoke_key", args=[key.name]),
    ]

    assert {client.get(page).status_code for page in pages} == {status}


def test_an_administrator_revokes_on_a_page_and_everybody_reads_it(client: Any) -> None:
    agency = city.agency("SJ")
    key = commands.sign_for(agency.code, DIGEST, by=SYSTEM, at=AT).key
    client.force_login(identity.staff("administrator"))

    wrong = client.post(reverse("city:revoke_key", args=[key.name]), {"note": "试运行结束"})
    assert wrong.status_code == 422
    assert "试运行结束" in wrong.content.decode(), "nothing typed is lost"
    given = {"reason": "compromised", "note": "私钥外泄", "distrusted_on": "2026-03-01", "successor": "on"}
    done = client.post(reverse("city:revoke_key", args=[key.name]), given)

    assert done.status_code == 302
    client.logout()
    page = client.get(reverse("city:revoked")).content.decode()
    assert key.name in page
    assert agency.name in page
    assert queries.current_key(agency.code, KeyKind.SM2) is not None, "a successor signs at once"
