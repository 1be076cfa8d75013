from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "yimen.vault"
    label = "vault"

    def ready(self) -> None:
        """Valid licences can fill a form: licence.<kind>.<key>."""
        from yimen.sheets import ports as sheets
        from yimen.vault.queries import known_from_licences

        sheets.plug_source("licence", known_from_licences)
