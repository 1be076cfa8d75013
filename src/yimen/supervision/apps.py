from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "yimen.supervision"
    label = "supervision"
