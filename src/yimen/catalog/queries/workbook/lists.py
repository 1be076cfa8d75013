"""The sheets of everything that an item has several of. (GB/T 39046 table 4, C0109.2)"""

from __future__ import annotations

from yimen.catalog.choices.steps import LABELS
from yimen.catalog.choices.words import (
    Basis,
    DayUnit,
    Exemption,
    MaterialForm,
    MaterialKind,
    Necessity,
    PaperKind,
    PlaceKind,
    ResultKind,
    Source,
)
from yimen.catalog.queries.workbook.cells import DATE, INTEGER, LINES, NUMBER, PAIRS, labelled
from yimen.catalog.queries.workbook.columns import Column, Path, Sheet
from yimen.catalog.queries.workbook.heads import NAME, ONE_PER_LINE, ORDER, SLUG, choice, file, flag
from yimen.law.form_rules import RuleKind
from yimen.law.said import said
from yimen.sheets.choices import ColumnKind, Kind

KINDS = {
    Kind.TEXT: "文字", Kind.TEXTAREA: "多行文字", Kind.CHOICE: "单选", Kind.MULTI: "多选", Kind.BOOLEAN: "是或否",
    Kind.NUMBER: "数字", Kind.DATE: "日期", Kind.PHONE: "电话", Kind.IDCARD: "公民身份号码",
    Kind.USCC: "统一社会信用代码", Kind.ADDRESS: "地址", Kind.TABLE: "表格", Kind.FILE: "文件",
    Kind.PERIOD: "起止日期", Kind.MONEY: "金额", Kind.DECLARATION: "承诺声明", Kind.SIGNATURE: "签名",
}  # fmt: skip
RULES = {
    RuleKind.ORDER: "先后顺序", RuleKind.ONE_OF: "至少填一项", RuleKind.EQUAL: "应当一致", RuleKind.DIFFER: "不能相同",
    RuleKind.COMPARE: "比较大小", RuleKind.SUM: "合计", RuleKind.DISTANCE: "相隔天数",
}  # fmt: skip
COLUMN_KINDS = {kind: KINDS[Kind(kind)] for kind in ColumnKind}
BASES = Sheet(
    "设定依据", ("legal_basis",),
    (
        SLUG, ORDER,
        Column("名称", ("title",), "法律、法规、规章或文件的名称，不加书名号", number="6", needed=True, width=36),
        Column("文号", ("document_no",), "发布文号", width=24),
        Column("条款", ("article",), "第几条第几款", width=24),
        choice("效力层级", ("rank",), "依据属于哪一类", Basis),
        Column("颁布机关", ("issuer",), "由谁颁布", width=20),
        Column("实施日期", ("effective_from",), "从哪一天起施行", DATE, width=12),
        Column("条款内容", ("text",), "条款原文", width=48),
        Column("网址", ("url",), "原文网址", width=24),
    ),
    said("一行一条依据。"), (("title",),),
)  # fmt: skip

MATERIALS = Sheet(
    "材料", ("materials",),
    (
        SLUG, ORDER,
        Column("材料编号", ("key",), "材料在各版本之间不变的编号；新材料留空，由平台编号", width=9, shape=NAME),
        Column("材料名称", ("name",), "材料的名称，不能是“其他材料”之类", number="56", needed=True, width=32),
        choice("材料类型", ("kind",), "材料属于哪一类", MaterialKind, needed=True, width=10),
        choice("来源渠道", ("source",), "材料从哪里来", Source, needed=True),
        Column("出具机构", ("issuer",), "由谁出具", number="57", width=18),
        choice("必要性", ("necessity",), "容缺：可以先受理后补", Necessity, number="64", needed=True, width=9),
        Column("原件份数", ("original",), "不填为 0", INTEGER, number="62", width=8),
        Column("复印件份数", ("copy",), "不填为 0", INTEGER, number="63", width=8),
        flag("可交电子件", ("electronic",), "是否可以提交电子文件；不填为是"),
        choice("材料形式", ("form",), "纸质还是电子", MaterialForm, width=11),
        Column("电子证照类型", ("licence_type",), "可以用哪种电子证照代替，见“码表”", listed="证照类型", width=16),
        choice("免交方式", ("exempt_when",), "什么情况下可以不交", Exemption, width=10),
        Column("提供材料的依据", ("basis",), "依据哪条规定要求提交", width=30),
        Column("受理标准", ("standard",), "什么样的材料才合格", width=36),
        Column("常见错误", ("common_mistakes",), f"申请人容易出的错，{ONE_PER_LINE}", LINES, width=30),
        Column("审查要点", ("review_points",), f"工作人员审查什么，{ONE_PER_LINE}", LINES, width=30),
        Column("出具时间要求", ("issued_within",), "例如三个月以内", number="58", width=14),
        Column("材料办理说明", ("guidance",), "怎样取得这份材料", number="59", width=24),
        Column("材料办理地点", ("obtained_at",), "在哪里取得这份材料", number="60", width=24),
        Column("使用说明", ("usage",), "这份材料用来做什么", number="61", width=24),
        Column("数据服务", ("data_service",), "可以由哪个数据服务读取", width=14),
        Column("仍收纸质的理由", ("legal_reason",), "已有电子证照或数据服务仍要提交纸质的法定理由", width=24),
        Column("出现条件", ("show_if",), "在什么情况下需要，例如 is_minor == true", width=24),
        *file("空白表格", ("blank_form",)),
        *file("示范文本", ("sample",)),
    ),
    said("一行一份材料。"), (("key",), ("name",)),
)  # fmt: skip

STEPS = Sheet(
    "环节", ("steps",),
    (
        SLUG, ORDER,
        Column("环节名称", ("name",), "例如受理、审查、决定、送达", needed=True, width=18),
        Column("办理岗位", ("role",), "由哪个岗位办理", needed=True, width=18),
        Column("时限（天）", ("days",), "这个环节最多几天，可以是 0.5", NUMBER, width=9),
        Column(
            "环节性质", ("kind",), "不填时由平台按名称判断", labelled(LABELS), options=tuple(LABELS.values()), width=11
        ),
        flag("与上一环节并行", ("parallel_with_previous",), "是否与上一行同时进行"),
        Column("处室", ("office",), "办理的处室", width=18),
        Column("审批权限", ("decided_by",), "由谁决定", width=18),
        Column("审查要点", ("review_points",), f"审查什么，{ONE_PER_LINE}", LINES, width=30),
        Column("特别程序说明", ("special",), "这个环节的特别程序", width=24),
    ),
    said("一行一个环节，按先后排列；每个事项至少一个。"), (("name",),),
)  # fmt: skip

FEES = Sheet(
    "收费", ("fee", "rows"),
    (
        SLUG, ORDER,
        Column("收费项目", ("name",), "收什么费", needed=True, width=24),
        Column("收费标准", ("standard",), "收多少", needed=True, width=30),
        Column("收费依据", ("basis",), "依据哪条规定", number="32", width=30),
        flag("允许减免", ("reducible",), "是否可以减免"),
        Column("减免条件", ("reduction",), "什么情况下减免", width=30),
        Column("备注", ("remark",), "需要说明的内容", width=24),
    ),
    said("一行一项收费。不收费的事项不用填写。"), (("name",),),
)  # fmt: skip

PLACES = Sheet(
    "办理地点", ("places",),
    (
        SLUG, ORDER,
        Column("地点名称", ("name",), "例如市政务服务中心", needed=True, width=24),
        Column("地址", ("address",), "详细到门牌", number="50", needed=True, width=30),
        Column("办理时间", ("hours",), "写明工作日和时间段", number="51", width=24),
        Column("窗口", ("window",), "几楼几号窗口", width=14),
        choice("地点类型", ("kind",), "地点属于哪一类", PlaceKind, width=15),
        Column("电话", ("phone",), "带区号", width=16),
        Column("公交线路", ("buses",), f"例如 3路、12路 岭东广场站，{ONE_PER_LINE}", LINES, width=30),
        Column("交通指引", ("directions",), "怎样到达", width=30),
    ),
    said("一行一个地点。"), (("name",),),
)  # fmt: skip

RESULTS = Sheet(
    "办理结果", ("results",),
    (
        SLUG, ORDER,
        Column("结果名称", ("name",), "办成后拿到什么", number="29", needed=True, width=28),
        choice("结果类型", ("kind",), "结果属于哪一类", ResultKind, needed=True, width=10),
        Column("电子证照类型", ("licence_type",), "办成后生成哪种电子证照，见“码表”", listed="证照类型", width=18),
        *file("结果样本", ("sample",)),
    ),
    said("一行一种结果。"), (("name",),),
)  # fmt: skip

PROCEDURES = Sheet(
    "特别程序", ("special_procedures",),
    (
        SLUG, ORDER,
        Column("程序名称", ("name",), "听证、检验、检测、鉴定、专家评审等", needed=True, width=24),
        Column("时限", ("days",), "需要多长时间，只填数字", INTEGER, width=8),
        choice("单位", ("unit",), "不填为工作日", DayUnit, width=9),
        flag("计入时限", ("counts_towards_limit",), "所需时间是否计入办结时限"),
    ),
    said("一行一个特别程序。"), (("name",),),
)  # fmt: skip

FAQ = Sheet(
    "常见问题", ("faq",),
    (
        SLUG, ORDER,
        Column("问题", ("q",), "群众会怎么问", number="55", needed=True, width=36),
        Column("解答", ("a",), "怎么回答", number="55", needed=True, width=60),
    ),
    said("一行一个问题。"), (("q",),),
)  # fmt: skip

FIELD = Column("字段名", ("name",), "字段的英文名，供程序使用", needed=True, width=20, shape=NAME)
FIELDS = Sheet(
    "表单字段", ("form_fields",),
    (
        SLUG, ORDER, FIELD,
        Column("显示名称", ("label",), "申请人看到的问题", needed=True, width=26),
        Column("类型", ("type",), "怎样填写", labelled(KINDS), options=tuple(KINDS.values()), needed=True, width=14),
        flag("必填", ("required",), "不填为否"),
        Column("选项", ("choices",), f"单选、多选的选项，{ONE_PER_LINE}", LINES, width=30),
        flag("可多选", ("multiple",), "单选题是否可以选多个"),
        flag("多行", ("long",), "文字是否需要多行"),
        Column("最多字数", ("max_length",), "不填为 2000", INTEGER, width=9),
        Column("提示", ("hint",), "显示在问题下面的说明", width=28),
        Column("单位", ("unit",), "例如 平方米", width=8),
        Column("所在页", ("section",), "表单分页的标题", width=16),
        Column("预填来源", ("prefill",), "例如 person.name、licence.<证照类型>.<字段>", width=28),
        Column("出现条件", ("show_if",), "例如 is_minor == true", width=28),
        Column("数据元", ("element",), "数据元库中的代码，例如 person.name", width=20),
        Column("代码表", ("code_list",), "选项很多的，写平台代码表的名称，例如 industry", width=14),
        Column("声明内容", ("statement",), "承诺声明、签名：申请人同意或者签署的全文", width=36),
        Column("格式", ("format", "pattern"), "整个内容要符合的正则表达式", width=20),
        Column("最少字数", ("format", "min_length"), "不填为不限", INTEGER, width=9),
        Column("格式最多字数", ("format", "max_length"), "不填为不限", INTEGER, width=11),
        Column("小数位数", ("format", "precision"), "0 为整数，不填为不限", INTEGER, width=9),
        Column("最小值", ("format", "minimum"), "数字、金额（元）", NUMBER, width=9),
        Column("最大值", ("format", "maximum"), "数字、金额（元）", NUMBER, width=9),
    ),
    said("一行一个字段。"), (("name",),),
)  # fmt: skip

FORM_RULES = Sheet(
    "字段规则", ("form_rules",),
    (
        SLUG, ORDER,
        Column(
            "规则", ("kind",), "什么样的规则", labelled(RULES), options=tuple(RULES.values()), needed=True, width=14
        ),
        Column("字段", ("fields",), f"字段名，表格的一列写成“表格.列”，{ONE_PER_LINE}", LINES, needed=True, width=24),
        Column("比较", ("op",), "<、<=、>、>=、==", width=8),
        Column("数值", ("value",), "比较的数，或者相隔的天数", NUMBER, width=9),
        Column("提示", ("message",), "不填时按字段名称自动提示", width=36),
    ),
    said("字段之间应当怎样，一行一条规则。"), (("kind",), ("fields",)),
)  # fmt: skip

PARENT = Column("字段名", ("@",), "“表单字段”中类型为“表格”的字段", needed=True, width=20, joins=True)
TABLE_COLUMNS = Sheet(
    "表格列", ("columns",),
    (
        SLUG, PARENT, ORDER,
        Column("列名", ("name",), "列的英文名", needed=True, width=18, shape=NAME),
        Column("列标题", ("label",), "申请人看到的列标题", needed=True, width=22),
        Column(
            "列类型", ("type",), "怎样填写；不填为文字", labelled(COLUMN_KINDS),
            options=tuple(COLUMN_KINDS.values()), width=14,
        ),
        Column("列选项", ("choices",), f"单选列的选项，{ONE_PER_LINE}", LINES, width=30),
        Column("列单位", ("unit",), "例如 元", width=8),
    ),
    said("类型为“表格”的字段有哪些列，一行一列；不填时为“内容”“备注”两列。"), (("name",),), inside="表单字段",
)  # fmt: skip

JOINT = Sheet(
    "联办机构", ("authority", "joint"),
    (
        SLUG, ORDER,
        Column("机构名称", ("name",), "共同实施的部门", number="23", needed=True, width=30),
        Column("机构代码", ("code",), "统一社会信用代码", number="24", width=22),
    ),
    said("一行一个联办机构。"), (("name",),),
)  # fmt: skip

AGENTS = Sheet(
    "中介服务", ("agents",),
    (
        SLUG, ORDER,
        Column("服务名称", ("name",), "哪项中介服务", number="27", needed=True, width=26),
        Column("服务内容", ("content",), "提供什么", width=36),
        Column("设定依据", ("basis",), "依据哪条规定", width=36),
        choice("效力层级", ("rank",), "依据属于哪一类", Basis),
    ),
    said("一行一项中介服务。"), (("name",),),
)  # fmt: skip

OVERSIGHT = Sheet(
    "事中事后监管", ("oversight",),
    (
        SLUG, ORDER,
        Column("监管对象和内容", ("subject",), "监管什么", needed=True, width=36),
        Column("监管方式", ("way",), "怎样监管", needed=True, width=30),
        Column("监管频次", ("frequency",), "多久一次", width=18),
        Column("监管依据", ("basis",), "依据哪条规定", width=36),
    ),
    said("一行一项监管内容。"), (("subject",),),
)  # fmt: skip

WORDINGS = Sheet(
    "文书用语", ("manual", "wordings"),
    (
        SLUG, ORDER,
        choice("文书", ("paper",), "用在哪种文书", PaperKind, needed=True, width=12),
        Column("标题", ("title",), "这段用语的名称", needed=True, width=26),
        Column("内容", ("text",), "标准用语", needed=True, width=60),
    ),
    said("一行一段标准用语，供工作人员选用。"), (("title",),),
)  # fmt: skip

DISCRETION = Sheet(
    "裁量标准", ("manual", "discretion"),
    (
        SLUG, ORDER,
        Column("裁量标准", ("name",), "裁量表的名称，同一事项内不能重复", needed=True, width=30),
        Column("裁量依据", ("basis",), "依据哪条规定", width=48),
    ),
    said("一行一张裁量表；看哪些因素写在“裁量因素”，分几档写在“裁量档次”。"), (("name",),),
)  # fmt: skip

TABLE = Column("裁量标准", ("@",), "“裁量标准”表中的名称", needed=True, width=30, joins=True)
FACTORS = Sheet(
    "裁量因素", ("inputs",),
    (
        SLUG, TABLE, ORDER,
        Column("因素名", ("name",), "因素的英文名，“裁量档次”的条件用它", needed=True, width=18, shape=NAME),
        Column("因素标题", ("label",), "工作人员看到的名称", needed=True, width=26),
        Column("表单字段", ("field",), "从申请人的哪个字段读取；不填时由工作人员填写", width=20, shape=NAME),
        Column("因素单位", ("unit",), "例如 平方米", width=10),
    ),
    said("裁量表看哪些因素，一行一个；每张裁量表至少一个。"), (("name",),), inside="裁量标准",
)  # fmt: skip

GRADES = Sheet(
    "裁量档次", ("rows",),
    (
        SLUG, TABLE, ORDER,
        Column(
            "条件", ("when",),
            "什么情形，一行一个因素，写作“因素名：条件”，例如 area：> 100；都不写的适用于一切情形",
            PAIRS, width=36,
        ),
        Column("裁量结果", ("outcome",), "符合条件时的结果", needed=True, width=24),
        Column("裁量理由", ("grounds",), "向申请人说明的理由", needed=True, width=48),
    ),
    said("裁量表的每一档，一行一档，从上到下第一个符合条件的算数；每张裁量表至少一档。"),
    (("outcome",),), inside="裁量标准",
)  # fmt: skip

CATEGORIES: dict[str, Path] = {
    "受理条件": ("conditions",),
    "申请人权利": ("rights", "enjoyed"),
    "申请人义务": ("rights", "duties"),
    "责任追究": ("rights", "accountability"),
    "业务手册": ("manual", "notes"),
}
CATEGORY = Column(
    "类别", ("?",), "这一条属于哪一类", number="21", options=tuple(CATEGORIES), needed=True, width=12, joins=True
)
TEXTS = Sheet(
    "条件和权责", (),
    (SLUG, CATEGORY, ORDER, Column("内容", ("text",), "一行一条", needed=True, width=80)),
    said("受理条件、申请人的权利和义务、责任追究、业务手册的提示，一行一条。"), categories=CATEGORIES,
)  # fmt: skip
