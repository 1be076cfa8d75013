"""What a city shows its public: the quarter's lists, and proofs about which people are asked, in three stages."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from yimen.catalog.choices import ProofOutcome
from yimen.catalog.commands.commenting import comment
from yimen.catalog.commands.consulting import conclude_consultation, open_consultation
from yimen.catalog.commands.publishing import publish_lists
from yimen.catalog.queries import consulting, current
from yimen.catalog.queries.lists import LISTS, Row, current_rows
from yimen.catalog.queries.lists.quarters import first_day, quarter_of
from yimen.kit.actor import Actor
from yimen.kit.time import CHINA, day_of
from yimen.law.catalogue.citing import Rank, rank

if TYPE_CHECKING:
    from yimen.catalog.models import Consultation

LASTS = timedelta(days=19)
# So many days ago they were opened.
ANSWERED, OVER, OPEN = 45, 25, 3
ASKED = "办理时需要核实这一情况，目前还不能从其他部门取得数据。拟予以保留，请大家提意见。"
SAID = (
    ("王小明", "同意保留，但是应当写清楚由哪个单位开、有效期多久，不然要来回跑。"),
    ("", "我在街道已经登记过，为什么不能由部门之间自己核对？建议改成书面承诺。"),
    ("陈大文", "小店开这个证明要等一个星期，希望可以先受理，后面再补。"),
)
ANSWER = "共收到意见三条。关于写明开具单位和有效期的意见已经采纳，写入办事指南；关于先受理后补交的意见，改为容缺受理。"
WHY = "有法律法规依据，涉及公共安全，暂不能用数据共享代替。"


def open_to_the_public(*, at: datetime) -> None:
    """Publish this quarter's lists as of its first day; ask about three proofs: answered, over, still open."""
    by, quarter = Actor.system(), quarter_of(day_of(at))
    based, baseless = _proofs()
    stages = ((based[:1], ANSWERED), (baseless[:1], OVER), (based[1:2], OPEN))
    for row, days in ((row, days) for rows, days in stages for row in rows):
        opened = at - timedelta(days=days)
        asked = _ask(row, by, opened)
        for number, (name, text) in enumerate(SAID):
            said = opened + timedelta(days=1, hours=number)
            comment(asked, text=text, name=name, asker=f"demo{number}", by=Actor(), at=min(said, at))
        if days == ANSWERED:
            conclude_consultation(
                asked, answer=ANSWER, outcome=ProofOutcome.KEPT, outcome_reason=WHY, by=by,
                at=opened + LASTS + timedelta(days=5),
            )  # fmt: skip
    publish_lists(quarter, by=by, at=datetime.combine(first_day(quarter), time(9), tzinfo=CHINA))


def _proofs() -> tuple[list[Row], list[Row]]:
    """The proofs that the catalogue asks for: those whose basis names a law or rule, and those without."""
    place = [column.key for column in LISTS["kept-proofs"].columns].index("basis")
    rows = current_rows("kept-proofs")
    based = [row for row in rows if rank(row.values[place]) is not Rank.NOTHING]
    return based, [row for row in rows if row not in based]


def _ask(row: Row, by: Actor, at: datetime) -> Consultation:
    item, name = current(row.slug).item, row.values[0]
    proof = next(proof for proof in consulting.consultable(item) if proof.name == name)
    return open_consultation(
        item, proof, title=f"关于保留“{name}”的公开征求意见", reason=ASKED, opens_on=day_of(at),
        closes_on=day_of(at + LASTS), by=by, at=at,
    )  # fmt: skip
