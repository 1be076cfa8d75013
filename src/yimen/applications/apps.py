from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "yimen.applications"
    label = "applications"
