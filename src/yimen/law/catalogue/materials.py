"""Materials: complete (rule 11), proofs with a basis (13), nothing that the city has already (14).

Rules in words: docs/rules/catalogue.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from yimen.law.said import said, several

from .citing import Rank, rank
from .finding import Hit
from .levelling import levelled
from .naming import bare, directory, either, known_as, parts
from .shapes import Edition, Material

PROOF, LICENCE, FORM = "证明", "证照", "申请表格"
OWN, GOVERNMENT, AGENT = "申请人自备", "政府部门核发", "中介机构出具"
SPARED = ("电子证照", "数据共享")
NO_BASIS = said("写明法律、法规或者国务院决定的名称和条款；没有依据的取消，改为数据核对或者告知承诺。")
# What ends so is a proof, whatever it is filed under; but papers of identity or quality are licences called so.
_CALLED_PROOF = re.compile(r"证明(?:书|信|函|材料|文件|原件)?$")
_LICENCE_SO_CALLED = re.compile(r"(?:身份|资格|资质|医学|健康|检疫|合格|接种|权属)证明(?:书|材料|文件|原件)?$")


def hits(document: Edition, provided: Mapping[str, str]) -> Iterator[Hit]:
    """Everything about materials."""
    names = directory(tuple(provided.items()))
    for number, material in enumerate(document.materials):
        place = f"materials[{number}]"
        yield from _complete(material, place)
        yield from _proof(material, place) if material.kind == PROOF else _disguised(material, place, names)
        yield from _provided(material, place, provided, names)


def _complete(material: Material, place: str) -> Iterator[Hit]:
    own = material.source == OWN
    elements = {
        "材料形式": material.form,
        "份数": material.form == "电子化" or material.original + material.copies > 0,
        "受理标准": material.standard,
        "要求提供的依据": material.basis or material.kind == PROOF,
        "出具机构": material.issuer or material.source != GOVERNMENT,
        "空白表格": material.blank_form or not (own and material.kind == FORM),
        "示范文本": material.sample or not own,
    }
    missing = [name for name, there in elements.items() if not there]
    if missing:
        sentence = said("材料“{name}”缺少{missing}。", name=material.name, missing=several(map(said, missing)))
        yield Hit("material_incomplete", place, sentence, "补齐这些要素。", material.name)


def _disguised(material: Material, place: str, names: Mapping[str, str]) -> Iterator[Hit]:
    """Called a proof, filed under something else. Of a licence the city has, and of papers of identity, that is right.

    What somebody else has to certify needs a basis all the same; a form for it is no proof.
    """
    name = bare(material.name)
    if not _CALLED_PROOF.search(name) or material.licence_type or known_as(material.name) in names:
        return
    if material.kind == LICENCE and _LICENCE_SO_CALLED.search(name):
        return
    told = said("“{name}”名为证明，类型写的是{kind}", name=material.name, kind=said(material.kind))
    others = material.source != OWN and material.kind != LICENCE
    if others and rank(material.basis) in (Rank.NOTHING, Rank.NORM):
        sentence = said("{told}，要由别人出具，却没有法律依据。", told=told)
        yield Hit("proof_without_basis", f"{place}.basis", sentence, NO_BASIS, material.basis or "")
        return
    level = levelled(material.name)
    begin = level.plain.rfind(PROOF)
    marks = (level.span(begin, begin + len(PROOF)),) if begin >= 0 else ()
    yield Hit(
        "proof_in_disguise",
        f"{place}.kind",
        said("{told}。", told=told),
        "把类型改为证明，并写明依据。",
        material.name,
        marks,
    )


def _proof(material: Material, place: str) -> Iterator[Hit]:
    cited, name = rank(material.basis), material.name
    if cited is Rank.RULE:
        sentence = said(
            "证明“{name}”的依据是“{basis}”，看不出是法律、法规还是国务院决定。", name=name, basis=material.basis
        )
        yield Hit("proof_basis_weak", f"{place}.basis", sentence, "确认层级，写明名称和条款。", material.basis or "")
    elif cited is not Rank.LAW:
        sentence = said("证明“{name}”没有写法律依据。", name=name)
        if cited is Rank.NORM:
            sentence = said(
                "证明“{name}”写的依据“{basis}”是规范性文件，不是法律、法规或者国务院决定。",
                name=name,
                basis=material.basis,
            )
        elif material.basis:
            sentence = said("证明“{name}”写的“{basis}”不是法律依据。", name=name, basis=material.basis)
        yield Hit("proof_without_basis", f"{place}.basis", sentence, NO_BASIS, material.basis or "")


def _provided(material: Material, place: str, provided: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Hit]:
    if material.exempt_when in SPARED or (material.legal_reason or "").strip():
        return
    sure, told = _provider(material, provided, names)
    if not told:
        return
    paper = material.form == "纸质" or not material.electronic
    paper = paper or (material.form != "电子化" and material.original + material.copies > 0)
    if sure and paper:
        sentence = said("“{name}”要求交原件或复印件，而{told}。", name=material.name, told=told)
        remedy = "改为凭电子证照或者数据共享免交；法律确实要求原件的，写明理由。"
        yield Hit("provided_on_paper", place, sentence, remedy, material.name)
    else:
        sentence = said("“{name}”仍要提交，而{told}。", name=material.name, told=told)
        yield Hit("provided_again", place, sentence, "改为免交，只能替代一部分的拆成两项。", material.name)


def _provider(material: Material, provided: Mapping[str, str], names: Mapping[str, str]) -> tuple[bool, str]:
    """Is it surely what the city has, and what the city has in words.

    Sure: a data service is named; the licence kind is named and stands for the whole; all that the name lists is there.
    """
    if material.data_service:
        return True, provided.get(material.data_service) or said(
            "可以通过“{service}”查到", service=material.data_service
        )
    listed = parts(material.name)
    if material.licence_type:
        whole = len(listed) == 1 and not either(material.name)
        return whole and material.kind == LICENCE, provided.get(material.licence_type, "")
    if material.kind == FORM:
        return False, ""
    had = [names[part] for part in listed if part in names]
    return len(had) == len(listed) and not either(material.name), several(dict.fromkeys(had), "，")
