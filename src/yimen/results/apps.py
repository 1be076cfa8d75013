from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "yimen.results"
    label = "results"
