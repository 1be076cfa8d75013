from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "yimen.results"
    label = "results"

    def ready(self) -> None:
        """Hear decisions, offer issue and deliver, show results on the case."""
        from yimen.cases.ports import plug_part
        from yimen.results import access, reactions  # noqa: F401
        from yimen.results.queries import part

        plug_part("results", part)
