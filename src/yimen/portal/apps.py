from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yimen.portal"
    label = "portal"
