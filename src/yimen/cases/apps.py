from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "yimen.cases"
    label = "cases"

    def ready(self) -> None:
        """Hear submissions, answer what is open for supplement, and let the ledger replay cases."""
        from yimen.applications.ports import Opening, plug_opening
        from yimen.cases import reactions  # noqa: F401
        from yimen.cases.models import Supplement
        from yimen.cases.queries import replay
        from yimen.ledger.ports import plug_replayer

        def opening(number: str) -> Opening:
            notice = Supplement.objects.filter(case__number=number, supplied_at=None).first()
            if notice is None:
                return Opening()
            return Opening(
                frozenset(each["key"] for each in notice.materials), frozenset(each["name"] for each in notice.fields)
            )

        plug_opening(opening)
        plug_replayer(replay)
