from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "yimen.cases"
    label = "cases"

    def ready(self) -> None:
        """Hear submissions, answer what is open for supplement, and let the ledger replay cases, say who may read papers."""
        from yimen.applications.ports import plug_opening
        from yimen.cases import reactions  # noqa: F401
        from yimen.cases.access import may_read_papers
        from yimen.cases.queries import opening, replay
        from yimen.ledger.ports import plug_replayer
        from yimen.papers.ports import plug_reader

        plug_opening(opening)
        plug_replayer(replay)
        plug_reader(may_read_papers)
