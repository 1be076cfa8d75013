"""What the government may do, must do, watches, and doesn't leave to agents: 权力、责任、监管、负面、中介清单."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from yimen.catalog.choices import StepKind
from yimen.catalog.queries.lists.kinds import Column, ListKind, Row, Source, offer
from yimen.catalog.queries.lists.saying import basis_of, day, limit_of, remedies_of, visits_of

SERVICE = "公共服务"
NAME, AGENCY, LEVELS = Column("name", _("事项名称")), Column("agency", _("实施主体")), Column("levels", _("行使层级"))
BASIS = Column("basis", _("设定依据"), wide=True)
POWERS = _("权力与责任")
MARKET = _("市场与监管")


def _items(source: Source) -> Iterator[Row]:
    raw, codes = source.raw, source.part("codes")
    code = codes.get("implementation") or codes.get("basic") or raw.get("code")
    yield source.row(
        "", source.name, code, raw.get("kind"), source.agency_name, source.levels, raw.get("subjects"),
        raw.get("case_type"), limit_of(source), visits_of(source),
    )  # fmt: skip


def _powers(source: Source) -> Iterator[Row]:
    raw, authority, codes = source.raw, source.part("authority"), source.part("codes")
    if raw.get("kind") != SERVICE:
        yield source.row(
            "", source.name, raw.get("kind"), codes.get("basic") or raw.get("code"), source.agency_name, source.levels,
            basis_of(source), authority.get("source"), authority.get("content") or authority.get("division"),
        )  # fmt: skip


def _duties(source: Source) -> Iterator[Row]:
    raw, rights = source.raw, source.part("rights")
    if raw.get("kind") == SERVICE:
        return
    own = (step for step in source.parts("steps") if step.get("kind") != StepKind.APPLICANT)
    steps = "；".join(f"{step['name']}（{_who(step)}）" for step in own)
    contacts = source.part("contacts")
    yield source.row(
        "", source.name, raw.get("kind"), source.agency_name, source.levels, steps, limit_of(source),
        "；".join(rights.get("accountability") or ()), contacts.get("supervise_phone") or contacts.get("supervise"),
        remedies_of(source),
    )  # fmt: skip


def _who(step: dict[str, str]) -> str:
    return "，".join(step[name] for name in ("office", "role", "decided_by") if step.get(name))


def _market(source: Source) -> Iterator[Row]:
    market = source.part("market")
    if market:
        yield source.row(
            "", market.get("number"), market.get("measure"), source.name, source.agency_name, source.levels,
            basis_of(source),
        )  # fmt: skip


def _oversight(source: Source) -> Iterator[Row]:
    for number, each in enumerate(source.parts("oversight"), 1):
        yield source.row(
            str(number), source.name, each["subject"], each["way"], each.get("frequency"), each.get("basis"),
            source.agency_name, source.levels,
        )  # fmt: skip


def _agents(source: Source) -> Iterator[Row]:
    for each in source.parts("agents"):
        yield source.row(
            each["name"], each["name"], source.name, each.get("content"), each.get("basis"), each.get("rank"),
            source.agency_name, source.levels,
        )  # fmt: skip


def _stopped(source: Source) -> Iterator[Row]:
    if source.gone:
        gone = source.gone
        yield source.row(
            "", source.name, "已取消" if gone.cancelled else "暂停办理", day(gone.since), source.agency_name,
            source.levels, gone.reason, gone.instead,
        )  # fmt: skip


offer(ListKind(
    code="items", group=POWERS, title=_("政务服务事项目录"), rows=_items,
    purpose=_("给想知道本市能办哪些事、由谁来办的人：全部事项，可以按层级和部门查看。"),
    empty=_("现在没有在用的事项。部门发布事项后，会自动列入。"),
    columns=(
        NAME, Column("code", _("实施编码")), Column("kind", _("事项类型")), AGENCY, LEVELS,
        Column("subjects", _("服务对象")), Column("case_type", _("办件类型")), Column("limit", _("承诺时限")),
        Column("visits", _("到现场次数")),
    ),
))  # fmt: skip
offer(ListKind(
    code="stopped", group=POWERS, title=_("暂停和取消的事项清单"), rows=_stopped, gone=True,
    purpose=_("给正要办事的人：哪些事现在不能办、从哪天起、为什么、改办什么。"),
    empty=_("现在没有暂停或者取消的事项。事项暂停、取消、拆分或者合并后，会自动列入。"),
    columns=(
        NAME, Column("state", _("状态")), Column("since", _("起始日期")), AGENCY, LEVELS,
        Column("reason", _("原因"), wide=True), Column("instead", _("改办事项"), wide=True),
    ),
))  # fmt: skip
offer(ListKind(
    code="powers", group=POWERS, title=_("权力清单"), rows=_powers,
    purpose=_("给每一个要和政府打交道的人：各部门可以行使哪些权力，依据是什么；清单以外不得行使。"),
    empty=_("现在没有行政权力事项。许可、确认、给付等事项发布后，会自动列入。"),
    columns=(
        NAME, Column("kind", _("职权类别")), Column("code", _("基本编码")), AGENCY, LEVELS, BASIS,
        Column("source", _("权力来源")), Column("content", _("行使内容"), wide=True),
    ),
))  # fmt: skip
offer(ListKind(
    code="duties", group=POWERS, title=_("责任清单"), rows=_duties,
    purpose=_("给办事人和监督者：每一项权力由谁负责到底、要做什么、做错了怎么追究、到哪里投诉和救济。"),
    empty=_("现在没有行政权力事项。许可、确认、给付等事项发布后，会自动列入。"),
    columns=(
        NAME, Column("kind", _("职权类别")), AGENCY, LEVELS, Column("steps", _("责任事项和责任岗位"), wide=True),
        Column("limit", _("承诺时限")), Column("accountability", _("责任追究"), wide=True),
        Column("supervise", _("监督投诉")), Column("remedies", _("救济途径"), wide=True),
    ),
))  # fmt: skip
offer(ListKind(
    code="market", group=MARKET, title=_("市场准入负面清单"), rows=_market,
    purpose=_("给准备投资经营的人：哪些领域禁止进入或者要经许可；清单以外的，各类经营主体依法平等进入。"),
    empty=_("现在没有事项标明属于市场准入负面清单。事项的“市场准入”一栏填写并发布后，会自动列入。"),
    columns=(
        Column("number", _("清单编号")), Column("measure", _("准入措施"), wide=True), NAME, AGENCY, LEVELS, BASIS,
    ),
))  # fmt: skip
offer(ListKind(
    code="oversight", group=MARKET, title=_("监管清单"), rows=_oversight,
    purpose=_("给经营者和公众：批准以后政府还要检查什么、怎么检查、多久一次。"),
    empty=_("现在没有事项写明事中事后监管措施。事项的“监管”一栏填写并发布后，会自动列入。"),
    columns=(
        NAME, Column("subject", _("监管内容"), wide=True), Column("way", _("监管方式"), wide=True),
        Column("frequency", _("监管频次")), Column("basis", _("监管依据"), wide=True), AGENCY, LEVELS,
    ),
))  # fmt: skip
offer(ListKind(
    code="agents", group=MARKET, title=_("中介服务清单"), rows=_agents,
    purpose=_("给申请人：办事时依法要委托哪些中介服务；清单以外的，部门不得要求委托中介。"),
    empty=_("现在没有事项要求委托中介服务。依法设定的中介服务写入事项并发布后，会自动列入。"),
    columns=(
        Column("agent", _("中介服务")), Column("name", _("涉及事项")), Column("content", _("服务内容"), wide=True),
        Column("basis", _("设定依据"), wide=True), Column("rank", _("依据层级")), AGENCY, LEVELS,
    ),
))  # fmt: skip
