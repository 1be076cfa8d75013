"""Somebody who reads English reads no Chinese of ours: what is left in Chinese on a page is what the city's data say.

Data: what stands in the tables (the catalogue, names, addresses), what the demonstration fills in. What was recorded or
sent in Chinese (messages, letters, papers) stays as it was, and so do the values that a choice offers; of a rule its
examples, its source and the offending words; of a workbook the names of its sheets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import get_args
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from psycopg import sql

import yimen
from tests.browser.opened import written
from tests.browser.test_pages import PAGES
from yimen.catalog.choices.words import Audience
from yimen.catalog.queries.workbook.layout import SHEET_NAMES
from yimen.law.catalogue import RULES

pytestmark = pytest.mark.browser

ROLES = ("owner", "citizen", "clerk", "reviewer", "chief", "supervisor", "editor")
HAN = re.compile(r"[\u4e00-\u9fff]+")
MADE_UP = re.compile(r"演示[\u4e00-\u9fff]+")
UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1>|<[^>]+\blang=\"zh[^>]*>[^<]*<", re.S)
TEXT = re.compile(r">([^<]+)<|\b(?:title|aria-label|placeholder|alt|data-label|data-pending)=\"([^\"]*)\"")
# Messages are kept sealed, as they were sent; what rules say shows bad wording; items chosen together bear a kept name.
RECORDED = (
    "/my/messages/",
    "/my/firms/{firm}/",
    "/desk/catalog-lint/rules",
    "/desk/catalog-lint/?rule=",
    "/choose/apply/",
)
NOT_DATA = ("ledger_", "procrastinate_", "django_", "applications_application.sources", "catalog_checkup.")


def data(database: str) -> str:
    """All Chinese that stands in the tables as it is read, what the ledger, messages and our own remarks say aside."""
    columns = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type"
    )
    held = [json.dumps([rule.source for rule in RULES.values()], ensure_ascii=False)]
    held += [*SHEET_NAMES, *get_args(Audience)]
    house = Path(yimen.__file__).parent
    files = [*house.glob("demo/**/*.py"), *house.glob("sheets/data/*.json"), house / "identity/views/profile.py"]
    held += [each.read_text("utf-8") for each in sorted(files)]
    with psycopg.connect(database) as tables:
        for table, column in tables.execute(f"{columns} IN ('jsonb', 'text', 'character varying')").fetchall():
            if not f"{table}.{column}".startswith(NOT_DATA):
                asked = sql.SQL("SELECT DISTINCT {}::text FROM {}").format(
                    sql.Identifier(column), sql.Identifier(table)
                )
                held += [text for (text,) in tables.execute(asked).fetchall() if text and HAN.search(text)]
    return "\n".join(held)


def ours(page: str, known: str) -> Iterator[str]:
    """The Chinese of a page that is no data: each text in which there is some, with that."""
    for match in TEXT.finditer(UNSEEN.sub("<", page)):
        text = unescape(match.group(1) or match.group(2) or "").strip()
        left = [run for run in HAN.findall(MADE_UP.sub("", text)) if run not in known]
        if left:
            yield f"{'、'.join(left)} in “{text[:80]}”"


def asked(site, who: str, path: str) -> str:
    where = urlsplit(site.url)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=30)
    cookies = f"sessionid={site.cases[f'session {who}']}; django_language=en"
    connection.request("GET", quote(path, safe="/?=&%+"), headers={"Cookie": cookies})
    return connection.getresponse().read().decode()


@pytest.mark.parametrize("who", ROLES)
def test_no_page_says_anything_of_its_own_in_chinese(site, who):
    pages = {
        path: asked(site, who, path.format(**site.cases))
        for path in PAGES[who].split()
        if not any(part in path for part in RECORDED)
    }
    # Only now: other tests walk through the same city and write meanwhile.
    known = data(site.surroundings["DATABASE_URL"]) + written(site.surroundings) + "中文"

    found = {path: left for path, page in pages.items() if (left := sorted(set(ours(page, known))))}

    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


def test_a_word_of_ours_would_be_found():
    page = '<p>From 您的常用信息</p><p lang="zh">中文</p><a title="签收">岭东市 演示姓名</a><script>"您"</script>'

    assert [each.partition(" ")[0] for each in ours(page, "岭东市民")] == ["您的常用信息", "签收"]
