from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "yimen.sheets"
    label = "sheets"

    def ready(self) -> None:
        """What the city knows of a person or firm can fill a form."""
        from yimen.sheets import ports
        from yimen.sheets.queries import profile

        for prefix in ("person", "org"):
            ports.plug_source(prefix, profile.source(prefix))
