"""Agents' services only with a basis of the ranks that the reform names (rule 15).

Rule in words: docs/rules/catalogue.md
"""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Hit
from .materials import AGENT
from .shapes import AgentService, Edition

RANKS = ("法律", "行政法规", "国务院决定", "部门规章", "地方性法规", "省政府规章")


def hits(document: Edition) -> Iterator[Hit]:
    """Everything about agents' services."""
    for number, service in enumerate(document.agents):
        yield from _service(service, f"agents[{number}]")
    for number, material in enumerate(document.materials):
        if material.source == AGENT and not document.agents:
            sentence = f"材料“{material.name}”由中介机构出具，没有列出对应的中介服务和依据。"
            remedy = "在中介服务中列明名称、依据和层级；没有依据的不得要求。"
            yield Hit("agent_material_unlisted", f"materials[{number}].source", sentence, remedy, material.name)


def _service(service: AgentService, place: str) -> Iterator[Hit]:
    if not (service.basis or "").strip():
        why = "没有写依据"
    elif service.rank is None:
        why = "没有写依据的层级"
    elif service.rank not in RANKS:
        why = f"依据是{service.rank}"
    else:
        return
    sentence = f"中介服务“{service.name}”{why}；只有{'、'.join(RANKS)}才能设定中介服务。"
    yield Hit("agent_without_basis", place, sentence, "写明依据和层级；没有的取消。", service.name)
