"""The floor: pgbench writes an event, changes a case and puts a row into an outbox, once per step, and nothing else."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping

from bench import stage
from yimen.kit.postgres import programs

CASES = 10_000
TABLES = (
    "CREATE TABLE floor_case (id bigint PRIMARY KEY, state text NOT NULL, version int NOT NULL, changed_at timestamptz)",
    f"INSERT INTO floor_case SELECT n, 'received', 1, now() FROM generate_series(1, {CASES}) n",
    (
        "CREATE TABLE floor_event (id bigserial PRIMARY KEY, case_id bigint NOT NULL, verb text NOT NULL, at timestamptz, "
        "body text NOT NULL)"
    ),
    "CREATE INDEX ON floor_event (case_id, id)",
    "CREATE TABLE floor_outbox (id bigserial PRIMARY KEY, case_id bigint NOT NULL, news jsonb NOT NULL)",
)
SCRIPT = f"""\\set id random(1, {CASES})
BEGIN;
INSERT INTO floor_event (case_id, verb, at, body) VALUES (:id, 'accept', now(), repeat('x', 300));
UPDATE floor_case SET state = 'accepted', version = version + 1, changed_at = now() WHERE id = :id;
INSERT INTO floor_outbox (case_id, news) VALUES (:id, '{{"event": "cases.CaseAccepted", "number": "441400"}}');
COMMIT;
"""


def prepare() -> None:
    stage.fresh("floor")
    stage.execute("floor", *TABLES)
    (stage.VAR / "floor.sql").write_text(SCRIPT)


def run(seconds: float, *, clients: int) -> Mapping[str, float]:
    """Steps per second of so many clients, with prepared statements."""
    command = [
        str(programs() / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(clients, 2)),
        "-T", str(max(1, round(seconds))), "-f", str(stage.VAR / "floor.sql"), "-h", str(stage.SERVER.socket),
        "-U", "postgres", "floor",
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"tps = ([\d.]+)", said)
    if found is None:
        raise RuntimeError(said)
    return {"steps_per_s": float(found[1])}
