"""Every page, for the role that uses it, on a phone and at a desk: usable by everybody, in Chinese, without error."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.examining import faults
from yimen.demo.choices import PEOPLE, STAFF

pytestmark = pytest.mark.browser

# {names} are filled in from the site's cases; each role opens its pages in a browser of its own.
PAGES = {
    "": """
        / /items/ /items/?q=开餐馆 /items/?q=zzzz /items/?online=1&once=1&order=used /items/?q=许可&subject=法人
        /items/food-business-licence/ /items/social-security-card/
        /items/food-business-licence/?all=1 /items/food-business-licence/situation/
        /items/food-business-licence/situation/?has_special_room=true
        /items/social-security-card/situation/?is_minor=false&photo_source=%3F&delivery_mode=%3F
        /account/login/ /account/signup/ /query/ /due/ /due/?opened=2026-03-02&limit=20&unit=working_day
        /packages/ /packages/disability-services/
        /choose/ /choose/?item=social-security-card&item=disability-certificate
        /packages/disability-services/?has_cert=否&low_income=是&severe=否
        /v/ /v/{paper} /l/{check} /check-licence/ /keys/ /about/ /help/ /accessibility/ /privacy/ /no-such-page
        /commitments/
        /lists/ /lists/items/ /lists/powers/?q=食品 /lists/market/ /lists/items/{quarter}/
        /lists/items/{quarter}/changes/ /consultations/ /consultations/?state=open&q=没有 /consultations/{consultation}/
    """,
    "owner": """
        / /my/ /my/cases/ /my/cases/?view=ended /my/messages/ /my/mandates/ /my/mandates/new/{firm}/
        /my/mandates/{mandate}/revoke/ /my/licences/ /my/profile/
        /my/profile/edit /my/looks/ /my/looks/?of={firm} /my/data/ /my/data/?of={firm} /my/data/wrong/ /my/firms/
        /my/firms/{firm}/ /account/password/change/ /items/food-business-licence/
        /my/usual/ /my/usual/?of={firm} /my/usual/add/ /my/usual/add/?q=没有 /my/usual/person.employer/
        /my/usual/premises.address/?of={firm} /my/usual/premises.right/?of={firm} /my/usual/forget/
        /my/reuse/ /my/batches/ /items/food-business-licence/many/ /apply/{draft}/copy/
        /items/food-business-licence/apply/ /apply/{draft}/ /apply/{draft}/form/1/ /apply/{draft}/form/2/
        /apply/{draft}/form/3/ /apply/{draft}/materials/ /apply/{draft}/check/ /apply/{draft}/discard/
        /apply/{received}/done/ /cases/{closed}/ /cases/{closed}/content/ /cases/{accepted}/ /cases/{paused}/
        /cases/{received}/withdraw/
        /my/licences/{licence}/ /my/licences/{licence}/uses/ /my/licences/{licence}/present/
        /my/licences/upload/ /my/licences/upload/business_licence/
    """,
    "citizen": """
        /my/ /my/mandates/ /my/mandates/new/{person}/ /cases/{supplement}/ /cases/{supplement}/supplement/ /my/licences/
        /items/social-security-card/apply/ /choose/apply/?item=social-security-card&item=disability-certificate
        /packages/disability-services/apply/?has_cert=否&low_income=是&severe=否
        /together/{package}/ /together/{package}/situation/ /together/{package}/form/1/ /together/{package}/form/3/
        /together/{package}/materials/ /together/{package}/check/ /together/{package}/items/
        /together/{package}/items/disability-subsidies/ /together/{package}/discard/
    """,
    "clerk": """
        /desk/licences/batches/ /desk/licences/batches/new/
        /desk/corrections/ /desk/merges/ /desk/merges/new/ /desk/mandates/new/
        /desk/ /desk/?view=all /desk/?view=all&q=9999 /desk/cases/{received}/ /desk/cases/{received}/accept/
        /desk/cases/{received}/ask-supplement/ /desk/cases/{received}/refuse/ /desk/cases/{received}/not-needed/
        /desk/cases/{closed}/ /desk/counter/ /desk/counter/applications/{intake}/
        /desk/counter/applications/{intake}/discard/ /desk/counter/cases/{instant}/
        /desk/counter/packages/{together}/ /desk/counter/packages/{together}/discard/
        /desk/counter/cases/{instant}/settle/ /desk/counter/cases/{supplement}/
        /desk/counter/cases/{supplement}/supplement/ /desk/catalog/food-business-licence/manual /desk/manuals/
    """,
    "reviewer": """
        /desk/commitments/ /desk/commitments/?view=false /desk/commitments/?view=done /desk/promises/
        /desk/tasks/ /desk/cases/{accepted}/ /desk/cases/{accepted}/opine/ /desk/cases/{accepted}/pause/
        /desk/cases/{paused}/ /desk/cases/{paused}/resume/ /desk/cases/{accepted}/licences/
    """,
    "chief": """
        /desk/decisions/ /desk/cases/{reviewed}/ /desk/cases/{reviewed}/decide/ /desk/cases/{accepted}/extend/
        /desk/cases/{accepted}/forward/ /desk/cases/{accepted}/void/
        /desk/licence-kinds/ /desk/licence-kinds/business_licence/
        /desk/issuing/ /desk/issuing/?step=signed /desk/issuing/?q=9999 /desk/issuing/new/ /desk/issuing/{licence}/
        /desk/issuing/{licence}/next/
        /desk/issuing/{licence}/suspend/ /desk/issuing/{licence}/end/ /desk/issuing/{licence}/relate/
    """,
    "deliverer": """
        /desk/results/ /desk/results/?step=deliver /desk/cases/{decided}/issue/ /desk/cases/{issued}/deliver/
        /desk/cases/{issued}/
    """,
    "supervisor": """
        /desk/looks/ /desk/looks/?view=answered /desk/corrections/
        /desk/savings/ /desk/savings/materials/
        /desk/supervision/ /desk/supervision/due/ /desk/supervision/due/?overdue=1 /desk/supervision/cards/
        /desk/supervision/cards/?level=red /desk/supervision/cards/{card}/ /desk/cases/{late}/
        /desk/catalog-lint/ /desk/catalog-lint/?rule=vague_words /desk/catalog-lint/by-rule /desk/catalog-lint/rules
        /desk/catalog-lint/agencies/441400-SJ /desk/catalog-lint/items/food-business-licence
        /desk/catalog-lint/items/disability-certificate /desk/catalog-lint/progress
        /desk/catalog-lint/progress/441400-SJ
    """,
    "hall": """
        /desk/windows/ /desk/windows/{window}/ /desk/windows/{window}/authorise/?agency=441400-SJ /desk/admin/halls/
    """,
    "admin": """
        /desk/lists/ /desk/lists/publish /desk/admin/keys/
        /desk/licence-kinds/new/ /desk/licence-kinds/business_licence/edit/
        /desk/licence-kinds/business_licence/layout/
        /desk/admin/divisions/ /desk/admin/divisions/441402 /desk/admin/divisions/441402/new
        /desk/admin/agencies/ /desk/admin/agencies/new /desk/admin/agencies/441400-SJ /desk/admin/halls/
        /desk/admin/halls/ldzw /desk/admin/halls/new /desk/admin/windows/{window} /desk/admin/halls/ldzw/windows/new
        /desk/admin/posts/ /desk/admin/posts/new /desk/admin/posts/post-clerk /desk/admin/posts/post-clerk/holders
        /desk/admin/calendar/2026 /desk/admin/calendar/2027 /desk/admin/calendar/day/2026-05-01
        /desk/admin/accounts/ /desk/admin/accounts/new /desk/admin/accounts/clerk /desk/admin/accounts/clerk/close
        /desk/admin/accounts/clerk/password /desk/admin/accounts/clerk/tokens/end /desk/admin/accounts/admin
    """,
    "editor": """
        /desk/catalog/waiting /desk/catalog/id-card-renewal/difference /desk/catalog/id-card-renewal/propose/suspend
        /desk/catalog/id-card-renewal/propose/cancel /desk/catalog/id-card-renewal/propose/split
        /desk/catalog/id-card-renewal/propose/merge /desk/catalog/id-card-renewal/take-on
        /desk/consultations/ /desk/consultations/new /desk/consultations/{consultation}/
        /desk/consultations/{consultation}/hearing /desk/consultations/{consultation}/conclude
        /desk/consultations/comments/{comment}/hide /desk/lists/
        /desk/catalog/ /desk/catalog/upload /desk/catalog/food-business-licence/ /desk/catalog/food-business-licence/1
        /desk/catalog/new /desk/catalog/id-card-renewal/edit/
        /desk/packages/ /desk/packages/new /desk/packages/disability-services/ /desk/packages/disability-services/1
        /desk/packages/disability-services/draft /desk/packages/disability-services/draft/discard
        /desk/packages/disability-services/draft/submit /desk/packages/disability-services/end
    """,
    "editor2": """
        /desk/fields/ /desk/fields/?sensitivity=sensitive /desk/fields/?q=没有 /desk/fields/org.name/ /desk/fields/new
        /desk/fields/org.name/change /desk/fields/org.name/retire
    """,
}
# What a page must say in letters: a search for nothing, digests, accounts' names and codes, fields of an item's file.
ACCOUNTS = "|".join(["post", "ldzw", "YLJG", *(each.username for each in (*PEOPLE, *STAFF))])
LETTERS = {
    "/lists/items/{quarter}": r"[a-f]+",
    "/my/licences/{licence}/present": r"[A-Z]+",
    "/check-licence": r"[A-Z]+",
    "/desk/fields/": r"[a-z_.]+",
    "/desk/packages/": r"[a-z_]+",
    "/desk/licence-kinds/": r"[a-zA-Z_]+",
    "/desk/admin/keys/": r"[a-zA-Z0-9]+",
    "/keys/": r"[a-zA-Z0-9]+",
    "/items/?q=zzzz": r"zzzz",
    "/desk/admin/": ACCOUNTS,
    "/desk/catalog/food": r"[a-z_]+",
    "/desk/catalog/upload": r"xlsx|XLSX",
    "/items/food-business-licence/many": r"xlsx",
    "/desk/licences/batches/new": r"xlsx",
}


@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_a_role_is_usable_by_everybody(enter, site, who):
    page, said, found = enter(who), [], {}
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    for path in PAGES[who].split():
        said.clear()
        wrong = _open(page, path.format(**site.cases)) + faults(page, allowed=_letters(path))
        wrong += [each for each in said if "404" not in each]
        if wrong:
            found[path] = wrong

    assert found == {}


def test_the_documentation_of_the_api_is_a_page_like_any_other(enter):
    page = enter()
    page.goto("/api/v1/docs")

    assert [each for each in faults(page) if not each.startswith("says ")] == []


def _open(page: Page, path: str) -> list[str]:
    answer = page.goto(path)
    expected = 404 if path == "/no-such-page" else 200
    status = answer.status if answer else 0
    return [] if status == expected else [f"answers {status} {page.url}"]


def _letters(path: str) -> str:
    return next((words for start, words in LETTERS.items() if path.startswith(start)), "")
