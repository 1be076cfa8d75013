from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "yimen.clocks"
    label = "clocks"

    def ready(self) -> None:
        """Hear changes of the calendar."""
        from yimen.clocks import reactions  # noqa: F401
