from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "yimen.identity"
    label = "identity"

    def ready(self) -> None:
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from yimen.city import ports as city
        from yimen.city.choices import Duty
        from yimen.identity.commands.posts import object_to_duties
        from yimen.identity.queries import holders_by_post
        from yimen.ui import ports

        city.plug_holders(holders_by_post, object_to_duties, lambda code: reverse("identity:holders", args=[code]))
        ports.offer_place("sign_in", "account_login")
        ports.offer_place("sign_out", "account_logout")
        ports.offer_place("change_password", "account_change_password")
        people = _("群众资料")
        for key, label, icon, duties, order in (
            (
                "corrections",
                _("更正申请"),
                "edit",
                frozenset({Duty.CLERK, Duty.REVIEWER, Duty.CHIEF, Duty.SUPERVISOR}),
                710,
            ),
            ("look_reports", _("查看异议"), "flag", frozenset({Duty.SUPERVISOR, Duty.CHIEF}), 720),
            ("paper_mandate", _("登记授权"), "heart-handshake", frozenset({Duty.CLERK}), 725),
            ("merges", _("合并档案"), "users", frozenset({Duty.CLERK}), 730),
        ):
            ports.offer_entry(ports.Entry(key, label, f"identity:{key}", icon, duties, order, people))
        administration = frozenset({Duty.ADMINISTRATOR})
        ports.offer_entry(
            ports.Entry("accounts", _("账号"), "identity:accounts", "users", administration, 950, _("系统管理"))
        )
