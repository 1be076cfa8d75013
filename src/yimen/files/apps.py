from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "yimen.files"
    label = "files"
