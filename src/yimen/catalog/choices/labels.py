"""What every field of an edition's document is called on a Chinese screen; the words of GB/T 39046 where it has some.

One list for the editor, differences, checks and workbooks. A test looks that no field of any part is forgotten.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from typing import Any, Union, get_args, get_origin

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yimen.catalog.choices import document as d
from yimen.catalog.choices import elements as e
from yimen.catalog.choices.material import Material
from yimen.catalog.choices.steps import Step
from yimen.sheets.choices import Column, Format, FormField, FormRule, Part

Labels = Mapping[str, Any]

LABELS: Mapping[type[Part], Labels] = {
    d.EditionDocument: {
        "slug": _("网址名称"), "name": _("事项名称"), "code": _("事项编码"), "kind": _("事项类型"),
        "subjects": _("服务对象"), "theme": _("服务主题"), "life_event": _("生命周期"), "department": _("所属部门"),
        "agency": _("实施主体"), "level": _("行使层级"), "legal_basis": _("设定依据"), "conditions": _("受理条件"),
        "materials": _("申请材料"), "form_rules": _("字段之间的规则"),
        "form_fields": _("表单字段"), "case_type": _("办件类型"),
        "statutory_days": _("法定办结时限"), "statutory_unit": _("法定办结时限单位"),
        "promised_days": _("承诺办结时限"), "promised_unit": _("承诺办结时限单位"),
        "special_procedures": _("特别程序"), "steps": _("办理环节"), "fee": _("收费"), "results": _("办理结果"),
        "visits": _("到办事现场次数"), "online_depth": _("网上办理深度"), "delivery": _("结果送达方式"),
        "cross_city": _("是否跨城通办"), "joint": _("是否联办"), "faq": _("常见问题"),
        "everyday_words": _("日常用语"), "confidence": _("资料可信程度"), "codes": _("编码"),
        "authority": _("权力"), "statutory_note": _("法定办结时限说明"), "promised_note": _("承诺办结时限说明"),
        "special_note": _("特别程序说明"), "process": _("办理流程说明"), "channels": _("办理形式"),
        "visits_reason": _("必须现场办理原因"), "online": _("网上办理"), "in_hall": _("是否进驻大厅"),
        "terminals": _("自助终端"), "appointment": _("预约办理"), "post": _("物流快递"), "scope": _("通办范围"),
        "commitment": _("是否告知承诺制"),
        "commitment_public": _("承诺书是否公开"), "commitment_days": _("承诺核查期限（工作日）"),
        "tolerance_days": _("容缺补交期限（工作日）"),
        "quota": _("数量限制"), "places": _("办理地点"), "contacts": _("咨询和监督"),
        "person_themes": _("自然人主题"), "firm_themes": _("法人主题"), "agents": _("中介服务"),
        "rights": _("权利、义务和救济"), "market": _("市场准入负面清单"), "oversight": _("事中事后监管"),
        "manual": _("业务手册"), "inherits": _("承接的上级事项"),
    },
    d.SpecialProcedure: {
        "name": _("特别程序名称"), "days": _("所需时间"), "unit": _("时间单位"),
        "counts_towards_limit": _("是否计入办理时限"),
    },
    d.Fee: {
        "charged": _("是否收费"), "basis": _("收费依据"), "standard": _("收费标准"), "amount_cents": _("金额"),
        "rows": _("收费项目"),
    },
    d.Result: {
        "name": _("结果名称"), "kind": _("结果类型"), "licence_type": _("电子证照类型"), "sample": _("结果样本"),
    },
    d.Faq: {"q": _("问"), "a": _("答")},
    e.LegalBasis: {
        "title": _("依据名称"), "document_no": _("文号"), "article": _("条款号"), "url": _("全文地址"),
        "rank": _("依据类别"), "issuer": _("颁布机关"), "effective_from": _("实施日期"), "text": _("条款内容"),
    },
    e.Attachment: {"name": _("文件名称"), "file": _("文件"), "url": _("下载地址")},
    e.Codes: {
        "basic": _("基本编码"), "implementation": _("实施编码"), "handling_item": _("业务办理项编码"),
        "local_basic": _("地方基本编码"), "local_implementation": _("地方实施编码"),
    },
    e.NamedAgency: {"name": _("机构名称"), "code": _("机构代码")},
    e.Authority: {
        "source": _("权力来源"), "division": _("权限划分"), "content": _("行使内容"), "nature": _("实施主体性质"),
        "entrusted_by": _("委托部门"), "guided_by": _("中央业务指导部门"), "handled_by": _("承办机构"),
        "joint": _("联办机构"),
    },
    e.FeeRow: {
        "name": _("收费项目名称"), "standard": _("收费标准"), "basis": _("收费依据"), "reducible": _("是否允许减免"),
        "reduction": _("允许减免的依据和条件"), "remark": _("备注"),
    },
    e.Online: {
        "url": _("网上办理地址"), "mobile_url": _("移动端办理地址"), "single_sign_on": _("是否单点登录"),
        "app_single_sign_on": _("移动端是否单点登录"),
        "stages": _("网上办理环节"), "system_level": _("运行系统层级"), "payment": _("是否支持网上支付"),
    },
    e.Appointment: {"per_day": _("每天可预约数量"), "rule": _("预约规则")},
    e.Post: {"materials": _("可以邮寄申请材料"), "results": _("可以邮寄办理结果")},
    e.Place: {
        "name": _("地点名称"), "address": _("办理地址"), "hours": _("办理时间"), "window": _("窗口"),
        "kind": _("地点类别"), "phone": _("地点电话"), "buses": _("乘车线路"), "directions": _("交通指引"),
    },
    e.Contacts: {
        "consult_phone": _("咨询电话"), "consult": _("其他咨询方式"), "supervise_phone": _("监督投诉电话"),
        "supervise": _("其他监督投诉方式"),
    },
    e.AgentService: {
        "name": _("中介服务名称"), "content": _("中介服务内容"), "basis": _("中介服务依据"), "rank": _("依据类别"),
    },
    e.Remedy: {"office": _("受理机关"), "address": _("地址"), "phone": _("电话"), "url": _("网址")},
    e.Rights: {
        "enjoyed": _("申请人依法享有的权利"), "duties": _("申请人依法履行的义务"), "accountability": _("责任追究"),
        "reconsideration": _("行政复议"), "litigation": _("行政诉讼"),
    },
    e.Market: {"number": _("清单编号"), "measure": _("准入措施")},
    e.Oversight: {
        "subject": _("监管内容"), "way": _("监管方式"), "frequency": _("监管频次"), "basis": _("监管依据"),
    },
    e.Wording: {"paper": _("文书"), "title": _("用语名称"), "text": _("标准用语")},
    e.DiscretionInput: {
        "name": _("因素标识"), "label": _("裁量因素"), "field": _("对应的表单字段"), "unit": _("计量单位"),
    },
    e.DiscretionRow: {"when": _("适用情形"), "outcome": _("裁量结果"), "grounds": _("裁量理由")},
    e.Discretion: {
        "name": _("裁量标准名称"), "basis": _("裁量依据"), "inputs": _("裁量因素"), "rows": _("裁量档次"),
    },
    e.Manual: {"wordings": _("标准用语"), "discretion": _("裁量标准"), "notes": _("办理提示")},
    e.Inheritance: {"slug": _("上级事项"), "version": _("上级事项版本"), "own": _("本级自定内容")},
    Material: {
        "key": _("材料编号"), "name": _("材料名称"), "kind": _("材料类型"), "source": _("来源渠道"),
        "issuer": _("出具机构"), "necessity": _("材料必要性"), "original": _("原件份数"), "copies": _("复印件份数"),
        "electronic": _("是否接受电子材料"), "licence_type": _("可以代替的电子证照"), "basis": _("要求提供材料的依据"),
        "exempt_when": _("免提交方式"), "common_mistakes": _("常见错误示例"), "standard": _("受理标准"),
        "show_if": _("需要提交的情形"), "form": _("材料形式"), "issued_within": _("出具时间要求"),
        "guidance": _("材料办理说明"), "obtained_at": _("材料办理地点"), "usage": _("使用说明"),
        "data_service": _("数据共享服务"), "legal_reason": _("仍需纸质材料的法定理由"), "blank_form": _("空白表格"),
        "sample": _("示范文本"), "review_points": _("审查要点"),
    },
    Step: {
        "name": _("环节名称"), "role": _("办理岗位"), "days": _("环节时限"), "kind": _("环节性质"),
        "parallel_with_previous": _("是否与上一环节同时进行"), "office": _("办理处室"), "decided_by": _("审批权限"),
        "review_points": _("审查要点"), "special": _("特别程序说明"),
    },
    FormField: {
        "name": _("字段标识"), "label": _("字段名称"), "type": _("字段类型"), "required": _("是否必填"),
        "choices": _("选项"), "prefill": _("预填来源"), "show_if": _("出现条件"), "hint": _("填写提示"),
        "unit": _("计量单位"), "section": _("所在页面"), "multiple": _("是否多选"), "long": _("是否多行"),
        "columns": _("表格的列"), "max_length": _("最多字数"),
        "element": _("数据元"), "code_list": _("代码表"), "statement": _("声明内容"), "format": _("格式要求"),
    },
    Format: {
        "pattern": _("格式（正则表达式）"), "min_length": _("最少字数"), "max_length": _("最多字数"),
        "precision": _("小数位数"), "minimum": _("最小值"), "maximum": _("最大值"),
    },
    FormRule: {
        "kind": _("规则"), "fields": _("涉及的字段"), "op": _("怎样比较"), "value": _("数值或者天数"),
        "message": _("不符合时的提示"),
    },
    Column: {
        "name": _("列标识"), "label": _("列名"), "type": _("列类型"), "choices": _("选项"), "unit": _("计量单位"),
    },
}  # fmt: skip


PIECE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)|\[([^\]]*)\]")


def label(part: type[Part], field: str) -> str:
    """The Chinese name of a field of a part of the document."""
    return str(LABELS[part][field])


def part_of(annotation: Any) -> type[Part] | None:
    """The part that a field holds: one, a list of them, or one that may be absent. None: something plain."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType, tuple, list):
        return next((found for each in get_args(annotation) if (found := part_of(each))), None)
    return None


def label_of(place: str) -> str:
    """The name of what lies at a place: `materials.name`, `materials[2].name`, `materials[m01].name`; the place itself

    where the document has no such field (a file with a misspelt name).
    """
    names = [name for name, _row in _walk(place)]
    return names[-1] if names else place


def place_words(place: str) -> str:
    """The whole way to a place, rows counted from one: 申请材料第 3 项 · 材料名称."""
    steps = [f"{name}{_row_words(row)}" for name, row in _walk(place)]
    return " · ".join(steps) or place


def _walk(place: str) -> Iterator[tuple[str, str | None]]:
    """(label, row) of each step of the way; row as written: a number from zero, a key, or None."""
    part: type[Part] | None = d.EditionDocument
    pending: str | None = None
    for name, row in PIECE.findall(place):
        if name:
            if pending is not None:
                yield pending, None
            pending, part = _step(part, name)
        elif pending is not None:
            yield pending, row
            pending = None
    if pending is not None:
        yield pending, None


def _step(part: type[Part] | None, written: str) -> tuple[str, type[Part] | None]:
    """(label, the part below). A field may be written by its name in the file (copy for copies)."""
    fields = part.model_fields if part else {}
    name = next((name for name, field in fields.items() if written in (name, field.alias)), None)
    if part is None or name is None:
        return written, None
    return label(part, name), part_of(fields[name].annotation)


def _row_words(row: str | None) -> str:
    if row is None:
        return ""
    return gettext("第 {n} 项").format(n=int(row) + 1) if row.isdigit() else f"“{row}”"
