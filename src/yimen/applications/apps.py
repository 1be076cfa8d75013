from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "yimen.applications"
    label = "applications"

    def ready(self) -> None:
        from yimen.applications import reactions  # noqa: F401 - it registers what is heard
