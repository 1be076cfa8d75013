"""What stands where in the editor. A new element of the document costs one line: its name in a section.

Labels are in `choices.labels`, the widget follows from the annotation; only what can't be derived is said here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from yimen.catalog.choices import document as d
from yimen.catalog.choices import elements as e
from yimen.catalog.choices.material import Material
from yimen.catalog.choices.steps import Step
from yimen.sheets.choices import FormField, FormRule

DOCUMENT = d.EditionDocument


@dataclass(frozen=True)
class Section:
    """A page of the editor. fields: top fields of the document, in the order in which an editor thinks of them."""

    key: str
    title: Any
    lead: Any
    fields: tuple[str, ...]


SECTIONS = (
    Section("basic", _("基本信息"), _("事项叫什么、办给谁、从哪里找到它。"), (
        "name", "slug", "kind", "subjects", "level", "theme", "person_themes", "firm_themes", "life_event",
        "everyday_words", "confidence",
    )),
    Section("codes", _("编码与权责"), _("三级编码，谁的权力、谁来实施、和谁一起办。"), (
        "code", "codes", "department", "agency", "authority", "joint", "market", "inherits",
    )),
    Section("basis", _("设定依据"), _("事项凭什么设立：写清名称、文号和条款。"), ("legal_basis",)),
    Section("conditions", _("受理条件"), _("符合哪些条件可以申请。一条一项，不写“其他条件”之类的兜底条款。"), (
        "conditions", "quota", "commitment", "commitment_public", "commitment_days", "tolerance_days",
    )),
    Section("materials", _("申请材料"), _("要交什么、凭什么要、怎样算合格。能共享的不要申请人交。"), ("materials",)),
    Section("form", _("表单"), _("申请时在线填写的内容。"), ("form_fields", "form_rules")),
    Section("limits", _("环节与时限"), _("法定和承诺的时限，内部怎样流转。"), (
        "case_type", "statutory_days", "statutory_unit", "statutory_note", "promised_days", "promised_unit",
        "promised_note", "special_procedures", "special_note", "process", "steps",
    )),
    Section("fee", _("收费"), _("收不收、收多少、凭什么收、谁可以减免。"), ("fee",)),
    Section("results", _("办理结果"), _("办成后得到什么、怎样拿到。"), ("results", "delivery")),
    Section("places", _("办理地点与咨询"), _("到哪个窗口、什么时候、怎么去、问谁、向谁投诉。"), (
        "places", "contacts", "in_hall",
    )),
    Section("ways", _("办理形式与网办"), _("能不能网上办、要跑几次、为什么要跑。"), (
        "channels", "visits", "visits_reason", "online_depth", "online", "terminals", "appointment", "post",
        "cross_city", "scope",
    )),
    Section("rights", _("权利与救济"), _("申请人有什么权利和义务，不服怎么办。"), ("rights",)),
    Section("agents", _("中介与监管"), _("必须经过的中介服务，办结以后怎样监管。"), ("agents", "oversight")),
    Section("faq", _("常见问题"), _("人们真正会问的问题，用他们的话来问。"), ("faq",)),
    Section("manual", _("业务手册"), _("给工作人员看的：标准用语、裁量标准、办理提示。"), ("manual",)),
)  # fmt: skip

BY_KEY = {section.key: section for section in SECTIONS}
OF_FIELD = {name: section.key for section in SECTIONS for name in section.fields}

# Widgets that the annotation doesn't tell. fixed: shown, decided elsewhere.
KINDS: dict[tuple[type, str], str] = {
    (DOCUMENT, "slug"): "fixed", (DOCUMENT, "inherits"): "fixed",
    (DOCUMENT, "confidence"): "choice", (DOCUMENT, "department"): "choice", (DOCUMENT, "agency"): "choice",
    (DOCUMENT, "person_themes"): "multi", (DOCUMENT, "firm_themes"): "multi",
    (d.Fee, "basis"): "long", (d.Fee, "standard"): "long", (d.Fee, "amount_cents"): "money",
    (d.Result, "licence_type"): "choice",
    (e.DiscretionRow, "when"): "pairs",
    (Material, "key"): "fixed", (Material, "licence_type"): "choice", (Material, "basis"): "long",
    (Material, "standard"): "long", (Material, "show_if"): "condition",
    (Material, "common_mistakes"): "lines", (Material, "review_points"): "lines",
    (Step, "review_points"): "lines",
    (FormField, "show_if"): "condition", (FormField, "prefill"): "suggested", (FormField, "hint"): "long",
    (FormField, "element"): "element", (FormField, "code_list"): "choice", (FormRule, "fields"): "series",
    (e.DiscretionInput, "field"): "choice",
}  # fmt: skip

# Rows that are short are shown whole; the others open when one looks into them.
SHORT = {d.Faq, d.SpecialProcedure, e.FeeRow, e.NamedAgency, e.DiscretionInput, e.DiscretionRow, e.Oversight}

# GB/T 39046-2020 table 4, by number of the element.
NUMBERS: dict[tuple[type, str], str] = {
    (DOCUMENT, "name"): "1", (e.Codes, "basic"): "2", (e.Codes, "implementation"): "3", (DOCUMENT, "kind"): "4–5",
    (DOCUMENT, "legal_basis"): "6", (DOCUMENT, "level"): "7–8", (e.Authority, "division"): "9",
    (e.Authority, "content"): "10", (DOCUMENT, "agency"): "11–12", (e.Authority, "nature"): "13–14",
    (DOCUMENT, "statutory_days"): "15", (DOCUMENT, "statutory_unit"): "16", (DOCUMENT, "statutory_note"): "17",
    (DOCUMENT, "promised_days"): "18", (DOCUMENT, "promised_unit"): "19", (DOCUMENT, "promised_note"): "20",
    (DOCUMENT, "conditions"): "21", (DOCUMENT, "process"): "22", (e.Authority, "joint"): "23–24",
    (e.Authority, "handled_by"): "25–26", (DOCUMENT, "agents"): "27", (DOCUMENT, "quota"): "28",
    (d.Result, "name"): "29", (d.Result, "sample"): "30", (d.Fee, "charged"): "31", (d.Fee, "basis"): "32",
    (DOCUMENT, "scope"): "33", (DOCUMENT, "subjects"): "34–35", (DOCUMENT, "theme"): "36",
    (DOCUMENT, "firm_themes"): "37", (DOCUMENT, "person_themes"): "38", (DOCUMENT, "channels"): "39–40",
    (DOCUMENT, "special_procedures"): "41", (DOCUMENT, "appointment"): "44", (e.Online, "payment"): "45",
    (DOCUMENT, "post"): "46", (e.Online, "url"): "47–48", (e.Online, "system_level"): "49",
    (e.Place, "address"): "50", (e.Place, "hours"): "51", (e.Contacts, "consult"): "52",
    (e.Contacts, "consult_phone"): "53", (e.Contacts, "supervise_phone"): "54", (DOCUMENT, "faq"): "55",
    (Material, "name"): "56", (Material, "issuer"): "57", (Material, "issued_within"): "58",
    (Material, "guidance"): "59", (Material, "obtained_at"): "60", (Material, "usage"): "61",
    (Material, "original"): "62", (Material, "copies"): "63", (Material, "necessity"): "64",
}  # fmt: skip

HINTS: dict[tuple[type, str], Any] = {
    (DOCUMENT, "slug"): _("事项在网址中的标识，起草后不再改变。"),
    (DOCUMENT, "name"): _("写全称。办事的人平时怎么叫它，写在“日常用语”里。"),
    (DOCUMENT, "everyday_words"): _("办事的人会怎么说，例如“开饭店”。每行一个，搜索时用。"),
    (DOCUMENT, "theme"): _("每行一个。"), (DOCUMENT, "life_event"): _("每行一个。"),
    (DOCUMENT, "terminals"): _("能办理本事项的自助终端，每行一台。"),
    (DOCUMENT, "statutory_days"): _("只填数字；法律没有规定的留空。"),
    (DOCUMENT, "promised_days"): _("只填数字；即办件填 0。不能长于法定时限。"),
    (DOCUMENT, "visits_reason"): _("次数大于 0 时，说明为什么必须到现场；不用到现场的留空。"),
    (DOCUMENT, "visits"): _("填 0 到 20 的整数。"),
    (DOCUMENT, "process"): _("用文字说明办理流程；流程图由下面的环节自动画出。"),
    (DOCUMENT, "joint"): _("由几个部门统一、联合或者集中办理。"),
    (DOCUMENT, "inherits"): _("承接的上级事项由下放时确定。"),
    (e.LegalBasis, "title"): _("不写书名号。"), (e.LegalBasis, "article"): _("例如：第十三条第一款。"),
    (e.Attachment, "url"): _("文件已在别处公布的，可以只填网址。"),
    (e.Place, "address"): _("写到门牌、楼层和窗口。"),
    (e.Place, "hours"): _("写明哪几天、几点到几点，例如：工作日 9:00—12:00。"),
    (e.Place, "buses"): _("每行一条，例如：3路、12路 岭东广场站。"),
    (e.Contacts, "consult_phone"): _("带区号。"), (e.Contacts, "supervise_phone"): _("带区号，不能与咨询电话相同。"),
    (e.AgentService, "rank"): _("只有法律、行政法规、国务院决定设定的中介服务才能作为前提。"),
    (e.DiscretionInput, "name"): _("小写英文字母开头，用于下面各档的条件。"),
    (e.DiscretionInput, "field"): _("申请人的表单里有这个因素的，选上那个字段，系统自动带入。"),
    (e.DiscretionRow, "when"): _("每行一个因素，写成“因素标识：条件”，例如“area：> 50”。不写的因素不限。"),
    (d.Fee, "amount_cents"): _("一口价的，填金额；按项目收费的留空。"),
    (Material, "name"): _("写清楚是什么，不写“其他材料”“等相关材料”。"),
    (Material, "key"): _("材料在各版本之间不变的编号，由平台编。"),
    (Material, "basis"): _("凭什么要这份材料：写到条款。"),
    (Material, "standard"): _("怎样算合格，窗口和申请人看到的是同一段文字。"),
    (Material, "common_mistakes"): _("每行一个。"), (Material, "review_points"): _("给工作人员看，每行一个。"),
    (Material, "licence_type"): _("有这种电子证照的人不用再交；名称里写明是监护人、双方等其他人的，不能代替。"),
    (Material, "data_service"): _("可以自行核验的数据共享服务。"),
    (Material, "legal_reason"): _("平台已经能取得却仍要交纸质的，写明法定理由。"),
    (Step, "review_points"): _("给工作人员看，每行一个。"), (Step, "days"): _("可以填半天：0.5。"),
    (Step, "kind"): _("不选的，按环节名称判断。"),
    (FormField, "name"): _("小写英文字母开头，在各版本之间不要改变，草稿的回答按它保留。"),
    (FormField, "choices"): _("每行一个选项。"), (FormField, "prefill"): _("从已有的资料预先填好，例如 person.name。"),
    (FormField, "element"): _(
        "问的是数据元库里的哪一项，写名称或者代码。按数据元填写后，类型、选项、格式、单位、预填都照库里的。"
    ),
    (FormField, "code_list"): _("选项很多的，用平台的代码表，不用逐个写。"),
    (FormField, "statement"): _("承诺声明和签名用：申请人同意或者签署的全文。"),
    (FormRule, "fields"): _("按先后选择。求和的，第一个是总数；比较和相隔天数，第一个与第二个相比。"),
    (FormRule, "op"): _("先后顺序选“<”时，后一个必须晚于前一个。"),
    (FormRule, "message"): _("不写的，系统按字段名称自动提示。"),
    (FormField, "section"): _("同一页的字段写同样的页名。"),
}  # fmt: skip
