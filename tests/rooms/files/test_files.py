"""What is taken, what is refused, under which name it is kept, and how it comes back."""

from __future__ import annotations

import io
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from tests.builders.city import AT, SYSTEM
from tests.rooms.files import samples
from yimen.files import commands, queries
from yimen.files.choices import Kind
from yimen.files.models import Content, StoredFile
from yimen.files.tasks import remove_orphans
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.time import now
from yimen.ledger.queries import story

CHAIN = "case:44140020260302100000123X"


def store(content=samples.PDF, name="营业执照.pdf", **more):
    return commands.store(**{"name": name, "content": content, "by": SYSTEM, "at": AT, "about": CHAIN, **more})


def kept_on_disk() -> list[Path]:
    root = Path(storages["default"].path(""))
    return [path for path in root.rglob("*") if path.is_file()]


TAKEN = {
    "application/pdf": samples.PDF,
    "image/png": samples.png(),
    "image/jpeg": samples.jpeg(),
    "application/msword": samples.compound("Root Entry", "WordDocument"),
    "application/vnd.ms-excel": samples.compound("Root Entry", "Workbook"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": samples.docx(),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": samples.xlsx(),
    "application/ofd": samples.ofd(),
}

REFUSED = {
    "html": (b"<html><script>alert(1)</script></html>", commands.UnknownType),
    "svg": (b"<?xml version='1.0'?><svg onload='alert(1)'/>", commands.UnknownType),
    "program": (b"MZ\x90\x00" + b"\0" * 200, commands.UnknownType),
    "elf": (b"\x7fELF" + b"\0" * 200, commands.UnknownType),
    "text": ("办件材料".encode(), commands.UnknownType),
    "webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", commands.UnknownType),
    "heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", commands.UnknownType),
    "plain zip": (samples.archive("a.txt"), commands.UnknownType),
    "html in front of a pdf": (b"<script></script>" + samples.PDF, commands.UnknownType),
    "installer in a compound file": (samples.compound("Root Entry", "SummaryInformation"), commands.UnknownType),
    "pdf cut in the middle": (samples.PDF[:20] + b"x" * 3000, commands.BrokenFile),
    "png cut in the middle": (samples.png()[:-15], commands.BrokenFile),
    "png with a wrong sum": (samples.png()[:-1] + b"\0", commands.BrokenFile),
    "png of nothing": (b"\x89PNG\r\n\x1a\n", commands.BrokenFile),
    "png without a size": (samples.png(0, 0), commands.BrokenFile),
    "jpeg cut in the middle": (samples.jpeg()[:-2], commands.BrokenFile),
    "jpeg of nothing": (b"\xff\xd8\xff\xe0", commands.BrokenFile),
    "jpeg of fill bytes": (b"\xff\xd8" + b"\xff" * 5000, commands.BrokenFile),
    "zip cut in the middle": (samples.docx()[:-30], commands.BrokenFile),
    "zip by its first bytes only": (b"PK\x03\x04" + b"\0" * 100, commands.BrokenFile),
    "png that is a zip too": (samples.png() + samples.docx(), commands.UnknownType),
    "jpeg that is a zip too": (samples.jpeg(tail=samples.archive("x.html")), commands.UnknownType),
    "pdf that is a zip too": (samples.PDF + samples.docx(), commands.UnknownType),
    "pdf around a zip": (samples.PDF + samples.docx() + samples.PDF, commands.UnknownType),
    "docx with macros": (samples.docx("word/vbaProject.bin"), commands.HasMacros),
    "xlsx with macros": (samples.xlsx("xl/VBAPROJECT.BIN"), commands.HasMacros),
    "doc with macros": (samples.compound("WordDocument", "_VBA_PROJECT"), commands.HasMacros),
    "docx under a password": (samples.compound("EncryptedPackage", "EncryptionInfo"), commands.HasMacros),
    "pdf with a script": (samples.pdf(b"<</S/JavaScript/JS(app.alert\\(1\\))>>"), commands.RunsByItself),
    "pdf with a script by another spelling": (samples.pdf(b"<</S/J#61vaScript /J#53 (x)>>"), commands.RunsByItself),
    "pdf that starts a program": (samples.pdf(b"<</S /Launch /F (cmd.exe)>>"), commands.RunsByItself),
    "pdf with a packed script": (samples.packed_pdf(b"<</S/JavaScript/JS(x)>>"), commands.RunsByItself),
    "docx that climbs out": (samples.docx("../../etc/passwd"), commands.UnknownType),
    "docx with a bomb": (
        samples.archive("[Content_Types].xml", "word/document.xml", content=b"\0" * 12_000_000),
        commands.UnknownType,
    ),
    "png of a hundred thousand pixels square": (samples.png(100_000, 100_000), commands.UnknownType),
    "jpeg of sixty thousand pixels square": (samples.jpeg(60_000, 60_000), commands.UnknownType),
    "nothing": (b"", commands.EmptyFile),
}

NAMES = {
    "../../etc/passwd": "passwd.pdf",
    "C:\\Users\\王\\执照.pdf": "执照.pdf",
    "执照.PDF": "执照.pdf",
    "执照.pdf.exe": "执照.pdf.exe.pdf",
    "照片.jpeg": "照片.pdf",
    "a\x00b\r\nSet-Cookie: x.pdf": "abSet-Cookie_ x.pdf",
    "gpj.\u202egnp.pdf": "gpj.gnp.pdf",
    "<script>.pdf": "_script_.pdf",
    'a"b.pdf': "a_b.pdf",
    "": "文件.pdf",
    "...": "文件.pdf",
    "\u200b.pdf": "文件.pdf",
    "con.pdf": "文件con.pdf",
    "\ud800执照.pdf": "执照.pdf",
    "名" * 300 + ".pdf": "名" * 100 + ".pdf",
    "  两  个 空格 .pdf": "两 个 空格.pdf",
}


@pytest.mark.django_db
class TestStoring:
    @pytest.mark.parametrize("media_type", TAKEN)
    def test_a_file_is_what_its_content_says(self, media_type):
        file = store(TAKEN[media_type], name="x.exe")

        assert file.media_type == media_type
        assert file.name.startswith("x.exe.")
        assert queries.read_file(file.id) == TAKEN[media_type]

    @pytest.mark.parametrize("what", REFUSED)
    def test_what_is_dangerous_or_broken_is_refused_and_leaves_nothing(self, what):
        content, refusal = REFUSED[what]

        with pytest.raises(refusal) as refused:
            store(content)

        assert refused.value.detail
        assert refused.value.status == 422
        assert StoredFile.objects.count() == Content.objects.count() == 0
        assert kept_on_disk() == []

    def test_too_much_is_refused_before_it_is_read_whole(self, settings):
        settings.YIMEN_UPLOAD_LIMIT = 1024 * 1024
        endless = io.BytesIO(samples.PDF + b"x" * 5_000_000)

        with pytest.raises(commands.TooBig) as refused:
            store(endless)

        assert endless.tell() == 1024 * 1024 + 1
        assert "1 MB" in refused.value.detail
        assert refused.value.status == 413

    @pytest.mark.parametrize("name", NAMES)
    def test_a_name_from_a_stranger_is_made_harmless(self, name):
        assert store(name=name).name == NAMES[name]

    def test_a_camera_s_picture_with_its_trailing_preview_is_taken(self):
        assert store(samples.jpeg(tail=b"\0" * 40 + samples.jpeg())).media_type == "image/jpeg"

    def test_a_page_that_writes_about_scripts_is_taken(self):
        store(samples.pdf(b"<</Length 30>>\nstream\n(/S /JavaScript /JS (x)) Tj\nendstream"), name="a.pdf")

    def test_django_s_uploads_are_taken_as_they_come(self):
        upload = SimpleUploadedFile("扫描.pdf", samples.PDF, content_type="text/html")

        assert store(upload, name=upload.name).media_type == "application/pdf"

    def test_the_ledger_tells_who_and_what_but_not_the_name(self):
        file = store(by=Actor(user=5, name="李敏"), name="钟小梅的病历.pdf")

        (line,) = story(CHAIN)
        assert (line.verb, line.by["user"], line.facts["sha256"]) == ("file_stored", 5, file.sha256)
        assert "钟小梅" not in str(line.facts)
        assert (file.made_by, file.kind) == (5, Kind.UPLOADED)


@pytest.mark.django_db
class TestKeeping:
    def test_the_same_content_is_kept_once_under_both_names(self):
        first, second = store(name="甲.pdf"), store(name="乙.pdf")

        assert (first.name, second.name) == ("甲.pdf", "乙.pdf")
        assert first.id != second.id
        assert first.path == second.path
        assert len(kept_on_disk()) == 1

    def test_nothing_is_readable_on_the_disk(self):
        store()

        (path,) = kept_on_disk()
        assert b"PDF" not in path.read_bytes()
        assert path.stat().st_size > len(samples.PDF)

    def test_a_file_of_many_frames_comes_back_piece_by_piece(self):
        content = samples.PDF[:9] + b"x" * (queries.FRAME * 2 + 17) + samples.PDF[9:]
        file = store(content)

        pieces = list(queries.open_file(file.id)[0])

        assert b"".join(pieces) == content
        assert len(pieces) == 3

    def test_changed_bytes_are_noticed(self):
        file = store()
        (path,) = kept_on_disk()
        other = store(samples.png())
        path.write_bytes(Path(storages["default"].path(other.path)).read_bytes())

        with pytest.raises(queries.Damaged):
            queries.read_file(file.id)

    @pytest.mark.parametrize("unknown", ["", "x", "00000000-0000-0000-0000-000000000000", "1' OR 1=1"])
    def test_an_unknown_file_is_not_found(self, unknown):
        with pytest.raises(NotFound):
            queries.open_file(unknown)

    def test_bytes_that_a_crash_left_without_a_row_are_swept_after_a_day(self):
        kept = store(at=now())
        with transaction.atomic():
            store(samples.png(), at=now())
            transaction.set_rollback(True)
        assert len(kept_on_disk()) == 2

        early, late = remove_orphans(now()), remove_orphans(now() + timedelta(hours=25))

        assert (early, late) == (0, 1)
        assert queries.read_file(kept.id) == samples.PDF


@pytest.mark.django_db
class TestDownloading:
    def test_the_answer_names_the_file_safely_and_forbids_guessing(self):
        file = store(name='执照 "副本".pdf')

        answer = queries.download(file.id)

        assert b"".join(answer.streaming_content) == samples.PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Length"] == str(len(samples.PDF))
        assert answer["Content-Disposition"] == (
            f'attachment; filename="file-{file.sha256[:8]}.pdf"; '
            "filename*=UTF-8''%E6%89%A7%E7%85%A7%20_%E5%89%AF%E6%9C%AC_.pdf"
        )

    @pytest.mark.parametrize(
        ("media_type", "way"),
        [
            ("application/pdf", "inline"),
            ("image/png", "inline"),
            ("image/jpeg", "inline"),
            ("application/ofd", "attachment"),
            ("application/msword", "attachment"),
        ],
    )
    def test_only_what_runs_nothing_is_shown_in_the_browser(self, media_type, way):
        answer = queries.download(store(TAKEN[media_type]).id, inline=True)

        assert answer["Content-Disposition"].startswith(f"{way};")


@pytest.mark.django_db(transaction=True)
def test_two_equal_files_that_arrive_together_are_kept_once():
    gate, made = threading.Barrier(6), []

    def upload():
        gate.wait()
        try:
            made.append(store().path)
        finally:
            connection.close()

    threads = [threading.Thread(target=upload) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 6
    assert len(set(made)) == Content.objects.count() == len(kept_on_disk()) == 1


def test_a_zip_with_the_same_member_twice_is_no_document(recwarn):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for _ in range(2):
            made.writestr("OFD.xml", "<x/>")

    with pytest.raises(commands.UnknownType):
        commands.type_of(out.getvalue())
