from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yimen.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Keep the answers to requests that may come twice."""
        from yimen.kit.idempotency import plug_store
        from yimen.ledger.commands import Answers

        plug_store(Answers())
