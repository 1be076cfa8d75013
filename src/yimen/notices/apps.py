from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yimen.notices"
    label = "notices"
