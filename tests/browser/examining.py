"""What every page owes its reader, looked at in the browser on a phone and at a desk."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
WIDTHS = (375, 1280)
# Colours don't change with the width, and are the slowest to look at: they are examined where most is shown.
SERIOUS = """async (colours) => {
  const rules = {'color-contrast': {enabled: colours}};
  const found = await axe.run(document, {rules, resultTypes: ['violations']});
  return found.violations.filter(each => ['serious', 'critical'].includes(each.impact))
    .map(each => each.id + ': ' + each.nodes.slice(0, 2).map(node => node.target + ' ' + node.html).join(' | '));
}"""
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll('main *')].filter(each => each.getBoundingClientRect().right > wide + 1)
    .slice(-2).map(each => 'wider than the screen: ' + each.outerHTML.slice(0, 120));
}"""
WORDS = """() => {
  const said = [document.title, document.body.innerText];
  for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'data-label', 'data-pending'])
    for (const each of document.querySelectorAll(`[${name}]`)) said.push(each.getAttribute(name));
  return said.join('\\n');
}"""
PARTS = """() => {
  const wanting = [];
  const own = document.querySelectorAll('h1');
  if (own.length !== 1 || !own[0].innerText.trim()) wanting.push(`${own.length} h1`);
  if (!/\\S+ · \\S+/.test(document.title)) wanting.push('no title: ' + document.title);
  const skip = document.querySelector('a.skip[href="#main"]');
  if (!skip || !document.querySelector('main#main')) wanting.push('no skip link');
  for (const each of document.querySelectorAll('a[href=""], a:not([href]), form[action="#"]'))
    wanting.push('leads nowhere: ' + each.outerHTML.slice(0, 80));
  const own_order = document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])');
  if (own_order) wanting.push('a tab order of its own');
  const primary = [...document.querySelectorAll('main .button--primary')].filter(each => each.checkVisibility());
  for (const each of primary.slice(0, 1)) {
    each.focus();
    if (document.activeElement !== each || each.tabIndex < 0) wanting.push('the primary action takes no focus');
  }
  return wanting;
}"""
# Names of things that have no Chinese: programs, formats, keys, the other language by its own name.
KNOWN = {"English", "ENTER", "JSON", "Word", "Excel", "Office", "Cookie", "Apache", "WCAG"}
RAW = re.compile(r"[A-Za-z]{4,}|\b[a-z]+_[a-z_]+\b|\d{4}-\d\d-\d\dT\d\d|\{\w+\}|[0-9a-f]{8}-[0-9a-f]{4}-")


def faults(page: Page, *, allowed: str = "") -> list[str]:
    """Everything wrong with the page that is open, on a phone and at a desk; folded parts are opened first."""
    found = _overflow(page, WIDTHS[0])
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found += _overflow(page, WIDTHS[0])
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found += page.evaluate(SERIOUS, False)
    found += _overflow(page, WIDTHS[1])
    found += [each for each in page.evaluate(SERIOUS, True) if each not in found]
    found += page.evaluate(PARTS) + raw_words(page, allowed)
    return found


def raw_words(page: Page, allowed: str = "") -> list[str]:
    """English words and raw codes among what a Chinese screen says; addresses and printed codes are left out."""
    said = re.sub(
        r"https?://\S+|\b[\w./-]+\.(?:pdf|json|py)\b|\b[A-Z0-9]{4}(?:-[A-Z0-9]{4})+\b", "", page.evaluate(WORDS)
    )
    words = set(RAW.findall(said)) - KNOWN
    return [f"says {word}" for word in sorted(words) if not re.fullmatch(allowed, word)]


def _overflow(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = page.evaluate(OVERFLOW)
    return [f"{width}: {each}" for each in found]
