from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "yimen.identity"
    label = "identity"
