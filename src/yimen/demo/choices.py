"""Who and what the demonstration city is made of. All numbers are constructed: their bearers would be over 110."""

from __future__ import annotations

from dataclasses import dataclass, field

from yimen.city.choices import Duty
from yimen.law.checkdigits import mod_11_2, mod_31_3


@dataclass(frozen=True)
class Person:
    """A citizen of the demonstration city; seventeen digits, the check digit follows."""

    username: str
    name: str
    digits: str
    phone: str
    who: str
    profile: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.digits + mod_11_2(self.digits)


@dataclass(frozen=True)
class Staff:
    """Somebody who holds a post."""

    username: str
    name: str
    post: str
    duties: tuple[Duty, ...]
    who: str
    at_window: str = ""
    government: bool = False


HOME = "岭东市梅江区江南街道梅龙社区居委会梅龙路18号"

PEOPLE = (
    Person(
        "citizen", "陈小明", "44140219050312001", "13800000001", "市民陈小明（自然人）",
        {
            "gender": "男", "ethnicity": "汉族", "phone": "13800000001", "residence_address": HOME,
            "hukou_address": HOME, "marital_status": "已婚", "education": "大学本科",
        },
    ),
    Person(
        "owner", "李秀兰", "44140219080625002", "13800000002", "客家味道餐饮有限公司法定代表人李秀兰",
        {
            "gender": "女", "ethnicity": "汉族", "phone": "13800000002",
            "residence_address": "岭东市梅江区金山街道凌东社区居委会凌风路66号",
            "hukou_address": "岭东市梅江区金山街道凌东社区居委会凌风路66号", "marital_status": "已婚",
        },
    ),
)  # fmt: skip

FIRM_NAME = "岭东市客家味道餐饮有限公司"
FIRM_BODY = "91441402MA4X00012"
FIRM_CODE = FIRM_BODY + mod_31_3(FIRM_BODY)
FIRM_ADDRESS = "岭东市梅江区江南街道中心坝社区居委会江南路88号首层"
FIRM_PROFILE = {
    "legal_rep_name": "李秀兰",
    "legal_rep_id_number": PEOPLE[1].number,
    "address": FIRM_ADDRESS,
    "contact_name": "李秀兰",
    "contact_phone": "13800000002",
}

STAFF = (
    Staff("clerk", "王敏", "综合窗口受理岗", (Duty.CLERK,), "综合窗口1号窗工作人员", "1"),
    Staff("clerk2", "刘洋", "综合窗口受理岗（二）", (Duty.CLERK,), "综合窗口2号窗工作人员", "2"),
    Staff("reviewer", "张伟", "审查岗", (Duty.REVIEWER,), "审查人员（各部门，供试用）"),
    Staff("chief", "赵立新", "审批负责人岗", (Duty.CHIEF,), "审批负责人（各部门，供试用）"),
    Staff(
        "leader",
        "黎明",
        "市政府分管负责人岗",
        (Duty.CHIEF,),
        "市政府分管负责人（联合办理事项的延期由其批准）",
        government=True,
    ),
    Staff("deliverer", "孙静", "统一出件岗", (Duty.DELIVERER,), "出件窗口工作人员", "9"),
    Staff("editor", "周涛", "事项编制岗", (Duty.EDITOR,), "事项编制人员"),
    Staff("staffing", "吴芳", "编办审核岗", (Duty.STAFFING,), "机构编制部门审核人员"),
    Staff("legal", "郑华", "法制审核岗", (Duty.LEGAL,), "法制部门审核人员"),
    Staff("supervisor", "冯军", "效能监督岗", (Duty.SUPERVISOR,), "效能监督人员"),
    Staff("hall", "何丽", "大厅管理岗", (Duty.HALL_MANAGER,), "政务大厅管理人员"),
    Staff("admin", "马超", "系统管理岗", (Duty.ADMINISTRATOR,), "系统管理员"),
)

OTHER_NAMES = ("林志强", "黄秋菊", "古伟雄", "温淑珍", "曾庆云", "欧阳晓彤", "罗文斌", "丘美玲")
