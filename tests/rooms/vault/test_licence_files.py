"""The layout file of a licence: ordinary readers say "signed and unchanged", and every change is found."""

from __future__ import annotations

import io
import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.builders import catalog, city, identity
from yimen.city import commands as keys
from yimen.city import queries as city_queries
from yimen.city.choices import RevokedFor
from yimen.files.queries import read_file
from yimen.kit.actor import Actor
from yimen.kit.signing import KeyKind
from yimen.kit.time import CHINA
from yimen.vault import commands, queries
from yimen.vault.models import Licence, LicenceFile

AT = datetime(2026, 3, 9, 10, 0, tzinfo=CHINA)
SYSTEM = Actor.system()

pytestmark = pytest.mark.django_db


def signed(kind: str = "food_business_licence", **more: Any) -> Licence:
    fields = more.pop("fields", {"address": "江南路 1 号", "items": "热食类食品制售"})
    drawn = commands.draw_up(
        catalog.kinds()[kind], holder=more.pop("holder", None) or identity.firm(), fields=fields,
        agency=city.agency("SJ"), case="C1", by=SYSTEM, at=AT, **more,
    )  # fmt: skip
    return commands.sign(drawn, by=SYSTEM, at=AT)


def reader_says(content: bytes, folder: Path) -> str:
    """What poppler tells of the signatures in a file."""
    path = folder / "licence.pdf"
    path.write_bytes(content)
    asked = ["pdfsig", "-nocert", str(path)]
    told = subprocess.run(asked, capture_output=True, check=False, env=os.environ | {"LC_ALL": "C.UTF-8"})
    return told.stdout.decode()


def test_an_ordinary_reader_shows_it_signed_and_unchanged(tmp_path: Path) -> None:
    licence = signed()
    kept = commands.filed(licence, at=AT)

    told = reader_says(read_file(kept.file_id), tmp_path)

    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert f"CN={licence.agency.name}," in told
    assert queries.file_state(kept) == "good"


def test_the_seal_is_the_signature_and_stands_on_the_last_page_however_many_there_are() -> None:
    short, long = signed(), signed(fields={"address": "江南路 1 号", "items": "热食类食品制售\n" * 60})

    pages = [
        pypdf.PdfReader(io.BytesIO(read_file(commands.filed(each, at=AT).file_id))).pages for each in (short, long)
    ]

    assert len(pages[0]) < len(pages[1])
    for found in pages:
        sealed = [number for number, page in enumerate(found) if "/Annots" in page]
        assert sealed == [len(found) - 1]


def test_one_letter_changed_in_the_file_is_found_by_readers_and_by_us(tmp_path: Path) -> None:
    kept = commands.filed(signed(), at=AT)
    content = bytearray(read_file(kept.file_id))
    content[200] ^= 1

    assert "Signature is Valid." not in reader_says(bytes(content), tmp_path)
    assert queries.state_of_copy(kept, bytes(content)) == "changed"


def test_something_added_behind_the_signature_is_found() -> None:
    kept = commands.filed(signed(), at=AT)

    assert queries.state_of_copy(kept, read_file(kept.file_id) + b"\n% more\n") == "changed"


def test_another_licence_s_genuine_file_is_another_file() -> None:
    one, two = commands.filed(signed(), at=AT), commands.filed(signed(), at=AT)

    assert queries.state_of_copy(one, read_file(two.file_id)) == "other"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"not a pdf at all", b"%PDF-1.7\n" + b"\0" * 5000])
def test_what_is_no_pdf_is_not_taken_for_one(content: bytes) -> None:
    kept = commands.filed(signed(), at=AT)

    assert queries.state_of_copy(kept, content) in ("changed", "other")


def test_the_file_is_made_once_and_the_next_version_has_its_own() -> None:
    old = signed()
    kept = commands.filed(old, at=AT)

    new = commands.sign(
        commands.draw_up(
            old.kind, holder=old.holder, fields={"address": "江北路 2 号"}, agency=old.agency, case="C2",
            replaces=old, by=SYSTEM, at=AT,
        ),
        by=SYSTEM, at=AT,
    )  # fmt: skip

    assert commands.filed(old, at=AT + timedelta(days=1)).pk == kept.pk
    assert commands.filed(new, at=AT).file_id != kept.file_id
    assert LicenceFile.objects.count() == 2


def test_a_file_signed_with_a_replaced_certificate_stays_good_and_one_of_a_revoked_does_not() -> None:
    kept = commands.filed(signed(), at=AT)
    holder = "441400-SJ"

    keys.rotate_key(holder, KeyKind.X509, name="市监局", by=SYSTEM, at=AT + timedelta(days=1))
    assert queries.file_state(kept) == "good"
    keys.revoke_key(
        kept.certificate, reason=RevokedFor.COMPROMISED, note="私钥外泄", distrusted_from=AT - timedelta(hours=1),
        by=SYSTEM, at=AT + timedelta(days=2),
    )  # fmt: skip

    fresh = LicenceFile.objects.select_related("signed_with", "certificate").get(pk=kept.pk)
    assert queries.file_state(fresh) == "key_revoked"
    assert city_queries.signed_with(kept.certificate) == [("电子证照", 1)]
