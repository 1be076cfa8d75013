from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "yimen.supervision"
    label = "supervision"

    def ready(self) -> None:
        """Show cards on the case to staff."""
        from yimen.cases.ports import plug_part
        from yimen.supervision.queries import part

        plug_part("cards", part)
