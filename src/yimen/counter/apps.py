from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "yimen.counter"
    label = "counter"
