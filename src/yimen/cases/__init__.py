"""办件: the engine: receive, accept, ask for supplement, pause, extend, decide, withdraw, close.

A case is public record with clocks. Every verb follows the state table in `law.states`, records in the ledger under
the case's number, draws up the paper the law asks for, and speaks one event. It knows neither windows nor reviewers:
later rooms plug in what hinders a decision and which verbs they add.
"""
