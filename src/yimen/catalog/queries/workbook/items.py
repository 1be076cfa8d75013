"""The sheet of items: one row each. (GB/T 39046 table 4, C0109.2)"""

from __future__ import annotations

from yimen.catalog.choices.words import (
    AgencyNature,
    Audience,
    CaseType,
    Channel,
    DayUnit,
    Delivery,
    Depth,
    ItemKind,
    Level,
    OnlineStage,
    PowerSource,
    Scope,
    SystemLevel,
)
from yimen.catalog.queries.workbook.cells import INTEGER, LINES, MONEY
from yimen.catalog.queries.workbook.columns import Column, Sheet
from yimen.catalog.queries.workbook.heads import ONE_PER_LINE, SLUG, SLUG_SHAPE, STAMP, choice, flag, remedy, several
from yimen.law.said import said

ITEMS = Sheet(
    "事项", (),
    (
        SLUG,
        Column("事项名称", ("name",), "办事指南上的正式名称", number="1", needed=True, width=36),
        STAMP,
        choice("事项类型", ("kind",), "行政权力或公共服务的种类", ItemKind, number="4", needed=True),
        Column(
            "部门简码", ("department",), "主管部门的简码，见“码表”", listed="部门", number="11", needed=True, width=10
        ),
        Column(
            "实施主体", ("agency",), "实施机构的代码，见“码表”；不填时为本市该部门的最高一级",
            listed="机构", number="12", width=18,
        ),
        several("行使层级", ("level",), "由哪几级行使", Level, number="7", needed=True, width=10),
        several("服务对象", ("subjects",), "谁可以办", Audience, number="34", needed=True),
        choice("办件类型", ("case_type",), "即办件当场办结，承诺件在承诺时限内办结", CaseType, needed=True, width=10),
        Column("法定办结时限", ("statutory_days",), "法律规定的办结时限，只填数字", INTEGER, number="15", width=8),
        choice("法定时限单位", ("statutory_unit",), "不填为工作日", DayUnit, number="16", width=9),
        Column("法定时限说明", ("statutory_note",), "法定时限需要说明的内容", number="17", width=20),
        Column(
            "承诺办结时限", ("promised_days",), "承诺的办结时限，只填数字；即办件为 0", INTEGER, number="18", width=8
        ),
        choice("承诺时限单位", ("promised_unit",), "不填为工作日", DayUnit, number="19", width=9),
        Column("承诺时限说明", ("promised_note",), "承诺时限需要说明的内容", number="20", width=20),
        Column("特别程序说明", ("special_note",), "特别程序需要说明的内容", number="41", width=20),
        Column("到现场次数", ("visits",), "申请人最多要到现场几次", INTEGER, needed=True, width=8),
        Column("必须现场办理原因", ("visits_reason",), "到现场次数大于 0 时填写", width=30),
        choice("网上办理深度", ("online_depth",), "四级为全程网办", Depth, number="47", needed=True, width=9),
        several("办理形式", ("channels",), "有哪些办理途径", Channel, number="39"),
        several("结果领取方式", ("delivery",), "怎样拿到结果", Delivery),
        flag("是否收费", ("fee", "charged"), "办理是否收费", number="31", needed=True),
        Column("收费依据", ("fee", "basis"), "收费所依据的规定", number="32", width=30),
        Column("收费标准", ("fee", "standard"), "怎样计算费用", width=30),
        Column(
            "收费金额（元）", ("fee", "amount_cents"), "金额固定时填写，最多两位小数；逐项收费写在“收费”表",
            MONEY, width=10,
        ),
        Column("主题", ("theme",), f"服务主题，{ONE_PER_LINE}", LINES, number="36", width=18),
        Column("人生事件", ("life_event",), f"出生、就业、开办企业等，{ONE_PER_LINE}", LINES, width=18),
        Column(
            "自然人主题", ("person_themes",), f"国家自然人主题分类的名称，{ONE_PER_LINE}", LINES, number="38", width=18
        ),
        Column("法人主题", ("firm_themes",), f"国家法人主题分类的名称，{ONE_PER_LINE}", LINES, number="37", width=18),
        Column("日常用语", ("everyday_words",), f"群众平时怎么称呼这件事，{ONE_PER_LINE}", LINES, width=24),
        Column("办理流程", ("process",), "用文字说明办理流程", number="22", width=36),
        Column("数量限制", ("quota",), "名额或数量有限制时说明", number="28", width=18),
        flag("告知承诺制", ("commitment",), "是否实行告知承诺制"),
        flag("承诺书公开", ("commitment_public",), "告知承诺书是否向社会公开"),
        Column("承诺核查工作日", ("commitment_days",), "作出决定后几个工作日内核查，空着按全市规定", INTEGER, width=8),
        Column("容缺补交工作日", ("tolerance_days",), "承诺后补的几个工作日内补交，不填的按全市规定", INTEGER, width=8),
        flag("联合办理", ("joint",), "是否由几个部门统一、联合、集中办理（法定时限为 45 日）"),
        flag("跨城通办", ("cross_city",), "是否可以在其他城市办理"),
        choice("通办范围", ("scope",), "在多大范围内通办", Scope, number="33", width=10),
        flag("进驻大厅", ("in_hall",), "是否进驻政务服务大厅"),
        Column("自助终端", ("terminals",), f"哪些自助终端可以办理，{ONE_PER_LINE}", LINES, width=18),
        Column("网办地址", ("online", "url"), "电脑端办理的网址", number="48", width=20),
        Column("移动端网址", ("online", "mobile_url"), "手机端办理的网址", width=20),
        flag("单点登录", ("online", "single_sign_on"), "是否一次登录即可办理；不填为是"),
        flag("移动端单点登录", ("online", "app_single_sign_on"), "手机端是否一次登录即可办理；不填为是"),
        several("网上办理环节", ("online", "stages"), "哪些环节可以在网上完成", OnlineStage),
        choice("运行系统层级", ("online", "system_level"), "由哪一级的系统办理", SystemLevel, number="49", width=10),
        flag("网上支付", ("online", "payment"), "是否支持网上支付", number="45"),
        Column("每日预约数", ("appointment", "per_day"), "每天可以预约多少个", INTEGER, number="44", width=9),
        Column("预约规则", ("appointment", "rule"), "怎样预约", number="44", width=20),
        flag("邮寄材料", ("post", "materials"), "材料是否可以邮寄", number="46"),
        flag("邮寄结果", ("post", "results"), "结果是否可以邮寄", number="46"),
        Column("咨询电话", ("contacts", "consult_phone"), "带区号", number="53", width=16),
        Column("咨询方式", ("contacts", "consult"), "电话以外的咨询方式", number="52", width=18),
        Column("监督电话", ("contacts", "supervise_phone"), "带区号，不同于咨询电话", number="54", width=16),
        Column("监督方式", ("contacts", "supervise"), "电话以外的监督投诉方式", width=18),
        Column("基本编码", ("codes", "basic"), "国家基本目录的编码", number="2", width=16),
        Column("实施编码", ("codes", "implementation"), "实施清单的编码", number="3", width=34),
        Column("业务办理项编码", ("codes", "handling_item"), "办理项的编码", width=36),
        Column("地方基本编码", ("codes", "local_basic"), "本地原来的基本编码", width=16),
        Column("地方实施编码", ("codes", "local_implementation"), "本地原来的实施编码", width=20),
        Column("事项编码", ("code",), "对外公布的编码", width=30),
        choice("权力来源", ("authority", "source"), "权力从哪里来", PowerSource),
        Column("权限划分", ("authority", "division"), "各级之间怎样划分权限", number="9", width=24),
        Column("行使内容", ("authority", "content"), "行使的具体内容", number="10", width=24),
        choice("实施主体性质", ("authority", "nature"), "实施主体是哪一类", AgencyNature, number="13"),
        Column("委托部门", ("authority", "entrusted_by"), "性质为受委托组织时填写", width=18),
        Column("中央业务指导部门", ("authority", "guided_by"), "中央哪个部门指导", width=18),
        Column("承办机构", ("authority", "handled_by", "name"), "具体承办的机构", number="25", width=18),
        Column("承办机构代码", ("authority", "handled_by", "code"), "承办机构的统一代码", number="26", width=20),
        *remedy("行政复议", ("rights", "reconsideration")),
        *remedy("行政诉讼", ("rights", "litigation")),
        Column("准入清单编号", ("market", "number"), "市场准入负面清单中的编号", width=12),
        Column("准入管理措施", ("market", "measure"), "禁止准入，或者需要什么许可", width=24),
        Column(
            "承接的上级事项", ("inherits", "slug"), "承接自哪个上级事项，承接时确定，请不要修改",
            width=24, shape=SLUG_SHAPE,
        ),
        Column(
            "承接的上级版本", ("inherits", "version"), "承接自上级的第几版，承接时确定，请不要修改", INTEGER, width=9
        ),
        Column("资料可信度", ("confidence",), "这些内容核实到什么程度", width=10),
    ),
    said("一行一个事项。同一部门的事项放在一个工作簿里。"),
)  # fmt: skip
