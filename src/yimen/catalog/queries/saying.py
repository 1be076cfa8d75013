"""Words that several pages of the catalogue share."""

from __future__ import annotations

from django.utils.translation import gettext as _


def days(count: float, unit: str) -> str:
    """A time as people say it; half days too, which no limit knows."""
    if not count:
        return _("当场")
    said = {
        "工作日": _("%(n)s 个工作日"),
        "自然日": _("%(n)s 个自然日"),
        "小时": _("%(n)s 个小时"),
        "月": _("%(n)s 个月"),
    }
    return said[unit] % {"n": f"{count:g}"} if unit in said else f"{count:g} 个{unit}"
