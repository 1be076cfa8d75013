"""Agents' services only with a basis of the ranks that the reform names (rule 15).

Rule in words: docs/rules/catalogue.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yimen.law.said import said, several

from .citing import Rank, rank
from .finding import Hit
from .materials import AGENT
from .shapes import AgentService, Edition

DECISION = "国务院决定"
_BY_AGENT = re.compile("中介机构|第三方|(?:会计师|税务师|律师|资产评估)事务所")
RANKS = ("法律", "行政法规", "国务院决定", "部门规章", "地方性法规", "省政府规章")


def hits(document: Edition) -> Iterator[Hit]:
    """Everything about agents' services."""
    for number, service in enumerate(document.agents):
        yield from _service(service, f"agents[{number}]")
    for number, material in enumerate(document.materials):
        by_agent = material.source == AGENT or _BY_AGENT.search(material.name)
        if by_agent and not document.agents:
            sentence = said("材料“{name}”由中介机构出具，没有列出对应的中介服务和依据。", name=material.name)
            remedy = "在中介服务中列明名称、依据和层级；没有依据的不得要求。"
            yield Hit("agent_material_unlisted", f"materials[{number}].source", sentence, remedy, material.name)


def _service(service: AgentService, place: str) -> Iterator[Hit]:
    if not (service.basis or "").strip():
        why = said("没有写依据")
    elif service.rank is None:
        why = said("没有写依据的层级")
    elif service.rank not in RANKS:
        why = said("依据是{rank}", rank=said(service.rank))
    elif not _cites(service.basis or "", service.rank):
        why = said("写的“{basis}”看不出是{rank}", basis=service.basis, rank=said(service.rank))
    else:
        return
    sentence = said(
        "中介服务“{name}”{why}；只有{ranks}才能设定中介服务。", name=service.name, why=why,
        ranks=several(map(said, RANKS)),
    )  # fmt: skip
    yield Hit("agent_without_basis", place, sentence, "写明依据和层级；没有的取消。", service.name)


def _cites(basis: str, claimed: str) -> bool:
    """A normative paper is none of these ranks; only a decision of the State Council bears a number of its papers."""
    cited = rank(basis)
    return cited in (Rank.LAW, Rank.RULE) or (cited is Rank.NORM and claimed == DECISION and "国发" in basis)
