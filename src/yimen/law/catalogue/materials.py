"""Materials: complete (rule 11), proofs with a basis (13), nothing that the city has already (14).

Rules in words: docs/rules/catalogue.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from .citing import Rank, rank
from .finding import Hit
from .shapes import Edition, Material

PROOF, LICENCE, FORM = "证明", "证照", "申请表格"
OWN, GOVERNMENT, AGENT = "申请人自备", "政府部门核发", "中介机构出具"
SPARED = ("电子证照", "数据共享")
_ASIDE = re.compile(r"[（(][^（）()]*[)）]")
_WHOSE = re.compile(
    r"^(?:申请人|申领人|登记人|当事人|本人|父母|双方|男女双方|夫妻|新生儿|法定代表人|负责人|监护人|委托人|受托人|代办人|全部|家庭成员|有效|的)+"
)
_SEVERAL = re.compile(r"[及和、与或]|以及|或者")


def hits(document: Edition, provided: Mapping[str, str]) -> Iterator[Hit]:
    """Everything about materials."""
    names = {bare(name): told for name, told in provided.items()}
    for number, material in enumerate(document.materials):
        place = f"materials[{number}]"
        yield from _complete(material, place)
        yield from _proof(material, place)
        yield from _provided(material, place, provided, names)


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """A name without what stands in brackets and whose it is: 申请人居民身份证（复印件） → 居民身份证."""
    return _WHOSE.sub("", _ASIDE.sub("", name).strip()).strip() or name


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
        sentence = f"材料“{material.name}”缺少{'、'.join(missing)}。"
        yield Hit("material_incomplete", place, sentence, "补齐这些要素。", material.name)


def _proof(material: Material, place: str) -> Iterator[Hit]:
    if material.kind != PROOF:
        disguised = bare(material.name).endswith(PROOF) and material.kind != LICENCE and not material.licence_type
        if disguised:
            begin = len(material.name.rstrip()) - len(PROOF) if material.name.endswith(PROOF) else -1
            marks = ((begin, begin + len(PROOF)),) if begin >= 0 else ()
            sentence = f"“{material.name}”名为证明，类型写的是{material.kind}。"
            yield Hit(
                "proof_in_disguise", f"{place}.kind", sentence, "把类型改为证明，并写明依据。", material.name, marks
            )
        return
    cited, told = rank(material.basis), f"证明“{material.name}”"
    if cited is Rank.RULE:
        sentence = f"{told}的依据是“{material.basis}”，看不出是法律、法规还是国务院决定。"
        yield Hit("proof_basis_weak", f"{place}.basis", sentence, "确认层级，写明名称和条款。", material.basis or "")
    elif cited is not Rank.LAW:
        why = {
            True: f"写的依据“{material.basis}”是规范性文件，不是法律、法规或者国务院决定",
            False: f"写的“{material.basis}”不是法律依据" if material.basis else "没有写法律依据",
        }[cited is Rank.NORM]
        remedy = "写明法律、法规或者国务院决定的名称和条款；没有依据的取消，改为数据核对或者告知承诺。"
        yield Hit("proof_without_basis", f"{place}.basis", f"{told}{why}。", remedy, material.basis or "")


def _provided(material: Material, place: str, provided: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Hit]:
    if material.exempt_when in SPARED or (material.legal_reason or "").strip():
        return
    sure, told = _provider(material, provided, names)
    if not told:
        return
    paper = material.form == "纸质" or not material.electronic
    paper = paper or (material.form != "电子化" and material.original + material.copies > 0)
    if sure and paper:
        sentence = f"“{material.name}”要求交原件或复印件，而{told}。"
        remedy = "改为凭电子证照或者数据共享免交；法律确实要求原件的，写明理由。"
        yield Hit("provided_on_paper", place, sentence, remedy, material.name)
    else:
        sentence = f"“{material.name}”仍要提交，而{told}。"
        yield Hit("provided_again", place, sentence, "改为免交，只能替代一部分的拆成两项。", material.name)


def _provider(material: Material, provided: Mapping[str, str], names: Mapping[str, str]) -> tuple[bool, str]:
    """Is it surely what the city has, and what the city has in words.

    Sure: a data service is named; the licence kind is named and stands for the whole; the names are the same.
    """
    if material.data_service:
        return True, provided.get(material.data_service) or f"可以通过“{material.data_service}”查到"
    whole = not _SEVERAL.search(bare(material.name))
    if material.licence_type:
        return whole and material.kind == LICENCE, provided.get(material.licence_type, "")
    same = names.get(bare(material.name), "")
    return bool(same), same
