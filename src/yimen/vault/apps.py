from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "yimen.vault"
    label = "vault"
