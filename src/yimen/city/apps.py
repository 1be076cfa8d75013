from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "yimen.city"
    label = "city"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from yimen.city.choices import Duty
        from yimen.ui import ports

        administration, halls = frozenset({Duty.ADMINISTRATOR}), frozenset({Duty.ADMINISTRATOR, Duty.HALL_MANAGER})
        group = _("系统管理")
        for key, label, icon, duties, order in (
            ("divisions", _("行政区划"), "map-pin", administration, 905),
            ("agencies", _("部门"), "building", administration, 910),
            ("halls", _("政务大厅"), "building-community", halls, 920),
            ("posts", _("岗位"), "id-badge-2", administration, 930),
            ("keys", _("签名密钥"), "key", administration, 935),
            ("calendar", _("工作日历"), "calendar", administration, 940),
        ):
            ports.offer_entry(ports.Entry(key, label, f"city:{key}", icon, duties, order, group))
