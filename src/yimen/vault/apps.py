from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "yimen.vault"
    label = "vault"

    def ready(self) -> None:
        """Valid licences can fill a form: licence.<kind>.<key>."""
        from django.utils.translation import gettext_lazy as _

        from yimen.city import ports as city
        from yimen.sheets import ports as sheets
        from yimen.vault import reactions  # noqa: F401 - plugs the ears in
        from yimen.vault.queries import known_from_licences
        from yimen.vault.queries.filing import signed_with

        sheets.plug_source("licence", known_from_licences)
        _offer_desk()
        city.plug_signed(_("电子证照"), signed_with)


def _offer_desk() -> None:
    from django.utils.translation import gettext_lazy as _

    from yimen.city.choices import CASE_DUTIES, Duty
    from yimen.ui import ports
    from yimen.vault.queries.importing import to_compare

    ports.offer_entry(ports.Entry("issuing", _("证照签发"), "vault:issuing", "certificate", frozenset(CASE_DUTIES), 60))
    loaders = frozenset({*CASE_DUTIES, Duty.ADMINISTRATOR})
    ports.offer_entry(
        ports.Entry("batches", _("历史证照导入"), "vault:batches", "upload", loaders, 62, count=to_compare)
    )
    writers = frozenset({Duty.EDITOR, Duty.ADMINISTRATOR})
    ports.offer_entry(ports.Entry("kinds", _("证照种类"), "vault:kinds", "id-badge-2", writers, 330))
