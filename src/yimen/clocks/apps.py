from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "yimen.clocks"
    label = "clocks"
