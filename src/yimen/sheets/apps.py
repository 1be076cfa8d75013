from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "yimen.sheets"
    label = "sheets"
