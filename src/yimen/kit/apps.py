from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "yimen.kit"
    label = "kit"
