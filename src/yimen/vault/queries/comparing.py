"""Who compared an uploaded licence with its original, when and where: what stands on whatever is handed out of it.

国办函〔2016〕108号: level B bears "与原件一致" and that it is for government services only.
"""

from __future__ import annotations

from yimen.city.queries import windows
from yimen.identity.queries import account_names
from yimen.ui.words import plain_date
from yimen.vault.choices import Trust
from yimen.vault.models import Licence, TrustMove

SAME, ONLY_HERE = "与原件一致", "仅限政务服务使用"


def compared_words(licence: Licence) -> str:
    """与原件一致: day, office, window and name of whoever compared it; "" for what is of another level.

    What came to level B otherwise (a batch) says no more than that.
    """
    if licence.trust != Trust.B:
        return ""
    move = TrustMove.objects.filter(licence=licence, after=Trust.B).order_by("-at", "-pk").first()
    if move is None:
        return f"{SAME}：已核验原件"
    names = account_names([move.by]) if move.by else {}
    place = windows().filter(pk=move.window).first() if move.window else None
    at = f"{place.hall.name}{place.number}号窗口" if place else ""
    who = " ".join(filter(None, (move.office, at, names.get(move.by or 0, ""))))
    return f"{SAME}：{plain_date(move.at)}由{who or '综合窗口'}核验原件"
