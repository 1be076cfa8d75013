from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "yimen.city"
    label = "city"
