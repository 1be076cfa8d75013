"""Words of batches of old licences (历史证照电子化): forms of rows, where a batch stands, what columns hold."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# A worker that is at it writes after every portion; after so long a silence it has ended, or never began.
SILENCE = timedelta(seconds=60)


class TableForm(models.TextChoices):
    """In which form the rows come."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", _("Excel 工作簿")


class BatchState(models.TextChoices):
    """Where a batch stands."""

    MAPPING = "mapping", _("待对应列名")
    READING = "reading", _("正在检查")
    READ = "read", _("待抽检")
    BARREN = "barren", _("没有可入库的记录")
    SAMPLING = "sampling", _("抽检中")
    ENTERING = "entering", _("正在入库")
    VALID = "valid", _("已入库")
    RETURNED = "returned", _("抽检未通过，已退回")
    FAILED = "failed", _("处理中断")
    DROPPED = "dropped", _("已撤销")


# What a column may hold beside the fields of the kind: (what, its proper name, other names that heads bear).
NUMBER, DOCUMENT, HOLDER, HOLDER_NUMBER = "number", "document", "holder", "holder_number"
ISSUED, FROM, TO, ISSUER, SCAN = "issued", "valid_from", "valid_to", "issuer", "scan"
TARGETS: dict[str, tuple[str, tuple[str, ...]]] = {
    NUMBER: ("证照编号", ("证书编号", "许可证编号", "证号", "编号", "登记证号", "批准文号", "文号")),
    HOLDER: (
        "持证人姓名（名称）",
        ("持证人", "姓名", "名称", "单位名称", "企业名称", "权利人", "经营者名称", "持有人", "申请人"),
    ),
    HOLDER_NUMBER: (
        "持证人证件号码",
        (
            "证件号码",
            "公民身份号码",
            "身份证号",
            "身份证号码",
            "统一社会信用代码",
            "信用代码",
            "持证人身份证号",
            "证件号",
        ),
    ),
    DOCUMENT: ("持证人证件类型", ("证件类型", "证件种类")),
    ISSUED: ("发证日期", ("签发日期", "颁发日期", "核发日期", "批准日期", "登记日期", "发证时间")),
    FROM: ("有效期自", ("有效期起", "生效日期", "有效期开始日期", "起始日期", "有效期限自")),
    TO: ("有效期至", ("有效期止", "失效日期", "截止日期", "有效期结束日期", "到期日期", "有效期限至", "有效期")),
    ISSUER: ("发证机关", ("颁发机构", "发证单位", "签发机关", "发证部门", "核发机关", "颁证机关")),
    SCAN: ("扫描件文件名", ("扫描件", "文件名", "影像文件", "附件", "电子件")),
}
# Keys of kinds that are filled from the columns above; and those among which the number of the licence is.
FILLED = {"holder_name": HOLDER, "issuer": ISSUER, "issue_date": ISSUED, "valid_from": FROM, "valid_to": TO}
NUMBERED = ("certificate_no", "card_no", "plate_no", "household_no", "project_code")
LATEST_ROWS, MOST_COLUMNS = 1_000_000, 120


def batch_chain(number: int) -> str:
    """The ledger chain of a batch."""
    return f"batch:{number}"
