"""A million cases and five million ledger entries, written straight into the tables.

Plausible, not lived: agencies, states and dates are spread as in a large city, running clocks have the due days and
next looks that the law gives them, but the chains of the ledger are not hashed and answers and papers are one and the
same. `yimen verify` would say so. Everything else in the bench goes through commands.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from bench.ours.town import ITEM
from yimen.city.queries import calendar
from yimen.demo.choices import OTHER_NAMES
from yimen.identity.queries import account
from yimen.kit.crypto import seal
from yimen.kit.time import CHINA, day_of, now
from yimen.law import cards
from yimen.law.checkdigits import mod_37_36
from yimen.law.clocks import ACCEPTANCE, DELIVERY, SUPPLEMENT, ClockKind
from yimen.law.limits import Limit, Unit, due_on

TABLES = ("applications_application", "cases_case", "clocks_clock", "review_task", "papers_paper", "ledger_entry",
          "ledger_head", "identity_subject")  # fmt: skip
PEOPLE, HISTORY, MONTHS = 100_000, 1000, 24
# Of a thousand cases: what has become of them. Open ones have one, three or one running clock.
STATES = {"received": 50, "supplement": 20, "accepted": 290, "paused": 10, "decided": 30, "closed": 540, "refused": 18,
          "withdrawn": 24, "returned": 18}  # fmt: skip
# Of a million running clocks: how many are newly due at the sweep, by kind.
NEWLY_DUE = {"promise": 1000, "statutory": 960, "acceptance": 20, "supplement": 20}
PROMISES = (5, 10, 15, 20)
# One in so many accepted cases has all its opinions and waits for the decision.
WAITING = 20


def sweep_at() -> datetime:
    """When the measured sweep looks: nine o'clock on the day after the next working day, when its count is in."""
    day = calendar().working_after(day_of(now()), 1) + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), tzinfo=CHINA) + timedelta(hours=9)


def fill(cases: int) -> dict[str, Any]:
    """Everything for so many cases; gives the seconds of each part and what is there."""
    took: dict[str, float] = {}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off;")
        cursor.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET random_page_cost = 1.1")
        indexes = _drop_indexes(cursor)
        for part in (
            _months,
            _numbers,
            _looks,
            _people,
            _plan,
            _cases,
            _clocks,
            _tasks,
            _supplements,
            _results,
            _papers,
            _entries,
        ):
            begun = time.perf_counter()
            with transaction.atomic():
                part(cursor, cases)
            took[part.__name__.strip("_")] = round(time.perf_counter() - begun, 1)
        begun = time.perf_counter()
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET session_replication_role; RESET synchronous_commit; RESET work_mem; SET TIME ZONE 'UTC'")
        cursor.execute("VACUUM ANALYZE")
        took["indexes"] = round(time.perf_counter() - begun, 1)
        cursor.execute("SELECT pg_database_size(current_database()) / 2^20")
        (size,) = cursor.fetchone()
    return {"seconds": took, "mib": round(size), **counts()}


def counts() -> dict[str, int]:
    asked = {
        "cases": "SELECT count(*) FROM cases_case",
        "entries": "SELECT count(*) FROM ledger_entry",
        "running_clocks": "SELECT count(*) FROM clocks_clock WHERE stopped_at IS NULL",
    }
    with connection.cursor() as cursor:
        return {name: _one(cursor, sql) for name, sql in asked.items()}


def samples(count: int) -> dict[str, Any]:
    """What pages ask for: cases with papers, those of one agency, somebody's name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM bench_plan WHERE n %% 20 = 0 AND state IN "
            "('accepted', 'closed', 'received') ORDER BY hashint8(n) LIMIT %s",
            [count],
        )
        numbers = [row[0] for row in cursor.fetchall()]
        own = _column(
            cursor, f"SELECT number FROM cases_case WHERE subject_id = {_citizen()} ORDER BY hashint8(id) LIMIT 50"
        )
        agency = _one(cursor, "SELECT agency_id FROM cases_case GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    return {"numbers": numbers, "own": own, "agency": agency, "item": ITEM, "name": OTHER_NAMES[0]}


def _drop_indexes(cursor: Any) -> list[str]:
    """Indexes that no constraint needs are made again at the end, which is quicker than row by row."""
    cursor.execute(
        "SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
        "JOIN pg_class t ON t.oid = x.indrelid WHERE t.relname = ANY(%s) AND NOT x.indisprimary "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid)",
        [list(TABLES)],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition.replace("ON ONLY", "ON") for _, definition in found]


def _months(cursor: Any, cases: int) -> None:
    cursor.execute(
        f"SELECT ledger_make_month((date_trunc('month', now()) - n * interval '1 month')::date) "
        f"FROM generate_series(0, {MONTHS}) n"
    )


def _numbers(cursor: Any, cases: int) -> None:
    """Lawful numbers with their check characters; the sequence tells them from those of walked cases."""
    today = day_of(now())
    cursor.execute("CREATE UNLOGGED TABLE bench_number (n int PRIMARY KEY, number varchar(40), day date)")
    open_from = cases * sum(STATES[state] for state in ("closed", "refused", "withdrawn", "returned")) // 1000
    with cursor.copy("COPY bench_number FROM STDIN") as copy:
        for n in range(1, cases + 1):
            ago = 30 + (open_from - n) * 690 // open_from if n <= open_from else (cases - n) * 30 // (cases - open_from)
            day = today - timedelta(days=ago)
            body = f"441400{day:%Y%m%d}1{n + 5_000_000:07d}"
            copy.write_row((n, body + mod_37_36(body), day))


def _looks(cursor: Any, cases: int) -> None:
    """For each kind of clock and each day on which one may have begun: due day and next look, as the law has them."""
    cursor.execute(
        "CREATE UNLOGGED TABLE bench_look (kind text, amount int, due_now bool, place int, opened_on date, due_on date, "
        "next_look date, many int, PRIMARY KEY (kind, amount, due_now, place))"
    )
    cursor.executemany("INSERT INTO bench_look VALUES (%s, %s, %s, %s, %s, %s, %s, 0)", list(_reckoned()))
    cursor.execute(
        "UPDATE bench_look l SET many = (SELECT count(*) FROM bench_look o WHERE (o.kind, o.amount, o.due_now) = "
        "(l.kind, l.amount, l.due_now))"
    )
    cursor.execute("SET TIME ZONE 'Asia/Shanghai'")


def _reckoned() -> Iterator[tuple[Any, ...]]:
    today, known = day_of(now()), calendar()
    sweep, span = sweep_at().date(), timedelta(days=60)
    limits = [(ClockKind.PROMISE, amount) for amount in PROMISES] + [
        (ClockKind.STATUTORY, 20), (ClockKind.STEP, 5), (ClockKind.ACCEPTANCE, ACCEPTANCE.amount),
        (ClockKind.SUPPLEMENT, SUPPLEMENT.amount or 15), (ClockKind.DELIVERY, DELIVERY.amount),
    ]  # fmt: skip
    for kind, amount in limits:
        limit, places = Limit(amount, Unit.WORKING_DAY, ""), {True: 0, False: 0}
        for opened in _days(today - span, today):
            due = due_on(opened=opened, limit=limit, calendar=known)
            look = cards.next_look(after=today, kind=kind, opened=opened, limit=limit, calendar=known)
            lapses = kind in (ClockKind.ACCEPTANCE, ClockKind.SUPPLEMENT)
            now_due = look is not None and look <= sweep and (due < sweep if lapses else True)
            if due < today or not known.is_working(opened) or (look is not None and look <= sweep and not now_due):
                continue
            yield kind.value, amount, now_due, places[now_due], opened, due, look
            places[now_due] += 1


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _people(cursor: Any, cases: int) -> None:
    cursor.execute(
        "INSERT INTO identity_subject (kind, document, number, number_hash, name, assurance, profile, created_at) "
        "SELECT 'natural', 'citizen_id', %s, md5(n::text) || md5('p' || n), (%s::text[])[1 + n %% %s], 3, %s, now() "
        "FROM generate_series(1, %s) n",
        [seal("441402190001010010"), list(OTHER_NAMES), len(OTHER_NAMES), seal("{}"), min(PEOPLE, cases)],
    )


def _plan(cursor: Any, cases: int) -> None:
    """One row per case with everything that its tables share."""
    cursor.execute(
        "CREATE UNLOGGED TABLE bench_offer AS SELECT row_number() OVER (ORDER BY md5(i.slug || a.code)) - 1 AS place, "
        "i.id AS item_id, e.id AS edition_id, i.name AS item_name, a.id AS agency_id FROM catalog_item i "
        "JOIN catalog_edition e ON e.item_id = i.id AND e.state = 'released' AND e.valid_to IS NULL "
        "JOIN city_agency own ON own.id = i.agency_id JOIN city_agency a ON a.department = own.department"
    )
    offers = _one(cursor, "SELECT count(*) FROM bench_offer")
    subjects = _one(cursor, "SELECT max(id) FROM identity_subject")
    finished = sum(STATES[state] for state in ("closed", "refused", "withdrawn", "returned"))
    history = max(1, cases // HISTORY)
    cursor.execute(
        f"""
        CREATE UNLOGGED TABLE bench_plan AS
        SELECT n, number, day, {_state("n", cases, finished)} AS state,
               CASE WHEN n %% {history} = 0 THEN {_citizen()} ELSE {subjects} - (hashint8(n) & 2147483647) %% {min(PEOPLE, cases)} END AS subject_id,
               item_id, edition_id, item_name, agency_id, {_of("PROMISES", "n")} AS promise,
               day + time '09:00' + (n %% 480) * interval '1 minute' AS received_at
        FROM bench_number
        JOIN bench_offer ON place = floor({offers} * power(((hashint8(n * 7) & 2147483647) / 2147483648.0)::numeric, 2.2))
        """.replace("%%", "%")
    )
    cursor.execute("ALTER TABLE bench_plan ADD PRIMARY KEY (n)")
    cursor.execute("ANALYZE bench_plan, bench_look")


def _state(n: str, cases: int, finished: int) -> str:
    """The older part is over; the newer part is open, its states mixed."""
    over = [
        (state, share) for state, share in STATES.items() if state in ("closed", "refused", "withdrawn", "returned")
    ]
    opened = [(state, share) for state, share in STATES.items() if (state, share) not in over]

    def chosen(states: list[tuple[str, int]], total: int) -> str:
        words, upto = "CASE", 0
        for state, share in states:
            upto += share
            words += f" WHEN (hashint8({n} * 3) & 2147483647) % {total} < {upto} THEN '{state}'"
        return words + " END"

    edge = cases * finished // 1000
    return f"CASE WHEN {n} <= {edge} THEN {chosen(over, finished)} ELSE {chosen(opened, 1000 - finished)} END"


def _of(name: str, n: str) -> str:
    assert name == "PROMISES"
    return f"(ARRAY[{','.join(map(str, PROMISES))}])[1 + {n} % {len(PROMISES)}]"


def _cases(cursor: Any, cases: int) -> None:
    clerk, chief = account("clerk").pk, account("chief").pk
    cursor.execute(
        "INSERT INTO applications_application (number, channel, situation, answers, sources, stage, begun_at, saved_at, "
        "submitted_at, agency_id, edition_id, item_id, made_by_id, subject_id) SELECT number, 'web', '{}', %s, '{}', "
        "'submitted', received_at, received_at, received_at, agency_id, edition_id, item_id, %s, subject_id "
        "FROM bench_plan ORDER BY n",
        [seal('{"contact_name":"演示","contact_phone":"13800000003"}'), account("citizen").pk],
    )
    cursor.execute(
        f"""
        INSERT INTO cases_case (number, channel, item_name, applicant_name, password, state, version, due_on,
            received_at, accepted_at, deemed, reviewed_at, decided_at, outcome, reason, competent_body, closed_at, accepted_by_id,
            agency_id, application_id, decided_by_id, edition_id, item_id, subject_id)
        SELECT p.number, 'web', p.item_name, s.name, %s, p.state, 3,
            CASE p.state WHEN 'received' THEN ({_pick("acceptance", str(ACCEPTANCE.amount))}) WHEN 'decided' THEN
            ({_pick("delivery", str(DELIVERY.amount))}) WHEN 'accepted' THEN ({_pick("promise", "p.promise")})
            WHEN 'paused' THEN ({_pick("promise", "p.promise")}) END,
            p.received_at,
            CASE WHEN p.state IN ('accepted', 'paused', 'decided', 'closed') THEN p.received_at + interval '1 day' END,
            false,
            CASE WHEN p.state IN ('decided', 'closed') OR p.state = 'accepted' AND p.n %% {WAITING} = 0
            THEN p.received_at + interval '4 days' END,
            CASE WHEN p.state IN ('decided', 'closed') THEN p.received_at + interval '5 days' END,
            CASE WHEN p.state IN ('decided', 'closed') THEN 'grant' ELSE '' END, '', '',
            CASE WHEN p.state IN ('closed', 'refused', 'withdrawn', 'returned') THEN p.received_at + interval '8 days' END,
            CASE WHEN p.state IN ('accepted', 'paused', 'decided', 'closed') THEN {clerk} END,
            p.agency_id, a.id, CASE WHEN p.state IN ('decided', 'closed') THEN {chief} END,
            p.edition_id, p.item_id, p.subject_id
        FROM bench_plan p JOIN applications_application a ON a.number = p.number
        JOIN identity_subject s ON s.id = p.subject_id ORDER BY p.n
        """,
        [seal("123456")],
    )


def _pick(kind: str, amount: str) -> str:
    """The due day of the look that falls to a case (the same for its clock and its row)."""
    return (
        f"SELECT due_on FROM bench_look l WHERE l.kind = '{kind}' AND l.amount = {amount} AND NOT l.due_now "
        f"AND l.place = p.n / 4 %% l.many"
    )


def _clocks(cursor: Any, cases: int) -> None:
    """Running ones for what is open, then some of them newly due; stopped ones for what is over."""
    runs = (
        ("acceptance", str(ACCEPTANCE.amount), "('received')"), ("supplement", str(SUPPLEMENT.amount or 15), "('supplement')"),
        ("promise", "p.promise", "('accepted', 'paused')"), ("statutory", "20", "('accepted', 'paused')"),
        ("step", "5", "('accepted', 'paused')"), ("delivery", str(DELIVERY.amount), "('decided')"),
    )  # fmt: skip
    for kind, amount, states in runs:
        cursor.execute(f"""
            INSERT INTO clocks_clock (about, kind, key, agency_id, opened_at, opened_on, amount, unit, source, extension,
                due_on, due_at, next_look_at, provisional)
            SELECT p.number, '{kind}', CASE WHEN '{kind}' = 'step' THEN 'task:' || p.n ELSE '' END, p.agency_id,
                (l.opened_on + time '10:00')::timestamptz, l.opened_on, l.amount, 'working_day', '行政许可法', 0, l.due_on,
                (l.due_on + 1)::timestamptz, l.next_look::timestamptz, false
            FROM bench_plan p JOIN bench_look l ON l.kind = '{kind}' AND l.amount = {amount} AND NOT l.due_now
                AND l.place = p.n / 4 % l.many
            WHERE p.state IN {states} ORDER BY p.n""")
    for kind, count in NEWLY_DUE.items():
        cursor.execute(f"""
            UPDATE clocks_clock c SET opened_on = l.opened_on, opened_at = (l.opened_on + time '10:00')::timestamptz,
                amount = l.amount, due_on = l.due_on, due_at = (l.due_on + 1)::timestamptz,
                next_look_at = l.next_look::timestamptz
            FROM (SELECT id, row_number() OVER (ORDER BY hashint8(id)) AS turn FROM clocks_clock
                  WHERE kind = '{kind}' AND stopped_at IS NULL ORDER BY hashint8(id)
                  LIMIT {max(1, count * cases // 1_000_000)}) chosen
            JOIN (SELECT *, row_number() OVER () AS turn, count(*) OVER () AS rows FROM bench_look
                  WHERE kind = '{kind}' AND due_now) l ON l.turn = 1 + chosen.turn % l.rows
            WHERE c.id = chosen.id""")
    for kind, days in (("acceptance", 1), ("promise", 5)):
        cursor.execute(f"""
            INSERT INTO clocks_clock (about, kind, key, agency_id, opened_at, opened_on, amount, unit, source, extension,
                due_on, due_at, stopped_at, provisional)
            SELECT number, '{kind}', '', agency_id, received_at, day, 10, 'working_day', '行政许可法', 0, day + 14,
                (day + 15)::timestamptz, received_at + interval '{days} days', false
            FROM bench_plan WHERE state = 'closed' ORDER BY n""")


def _tasks(cursor: Any, cases: int) -> None:
    cursor.execute(
        "INSERT INTO review_task (case_id, number, agency_id, item_name, applicant_name, place, name, role, days, "
        "opened_at, due_on, done_at, opinion, text) SELECT c.id, c.number, c.agency_id, c.item_name, c.applicant_name, "
        "1, '审查', '审查岗', 5, l.opened_at, l.due_on, c.reviewed_at, '', '' FROM cases_case c "
        "JOIN bench_plan USING (number) "
        "JOIN clocks_clock l ON l.about = c.number AND l.kind = 'step' WHERE c.state IN ('accepted', 'paused') ORDER BY n"
    )


def _results(cursor: Any, cases: int) -> None:
    """Decided cases: half of them wait to be signed, the others to be handed over."""
    cursor.execute(
        "INSERT INTO results_result (case_id, name, kind, drawn_at, issued_at) SELECT id, '许可证', '证照', decided_at, "
        "CASE WHEN id % 2 = 0 THEN decided_at END FROM cases_case WHERE state = 'decided' ORDER BY id"
    )


def _supplements(cursor: Any, cases: int) -> None:
    cursor.execute(
        "INSERT INTO cases_supplement (case_id, asked_at, asked_by_id, materials, fields, due_on) SELECT c.id, "
        'c.received_at, %s, \'[{"key": "m01", "name": "申请表", "reason": "不清晰"}]\', \'[]\', l.due_on '
        "FROM cases_case c JOIN clocks_clock l ON l.about = c.number AND l.kind = 'supplement' "
        "WHERE c.state = 'supplement' AND l.stopped_at IS NULL ORDER BY c.id",
        [account("clerk").pk],
    )


def _papers(cursor: Any, cases: int) -> None:
    """Three for every twentieth case: the case pages that are asked for are among these."""
    cursor.execute(
        "INSERT INTO papers_paper (number, kind, about, title, agency, agency_code, facts, template, token, digest, "
        "drawn_at, withdrawn_why) SELECT '岭政服第' || n || kind, kind, number, '文书', '岭东市市场监督管理局', '441400-SJ', "
        "%s, 1, substr(md5(n || kind), 1, 16), '', received_at, '' FROM bench_plan, unnest(ARRAY['A', 'C', 'H']) kind "
        "WHERE n %% 20 = 0",
        [seal("{}")],
    )


def _entries(cursor: Any, cases: int) -> None:
    """Five for each case, months apart for old ones only by their cases; hashes are stand-ins."""
    clerk = account("clerk").pk
    cursor.execute(
        f"""
        INSERT INTO ledger_entry (at, chain, seq, verb, actor, body, hash)
        SELECT p.received_at + (e.seq - 1) * interval '20 hours', 'case:' || p.number, e.seq, e.verb, e.actor,
            '{{"at":"' || to_char(p.received_at + (e.seq - 1) * interval '20 hours', 'YYYY-MM-DD"T"HH24:MI:SS+08:00')
            || '","by":{{"behalf":null,"channel":"web","name":"王敏","office":"岭东市政务服务和数据管理局","post":"综合窗口受理岗",'
            || '"user":' || coalesce(e.actor::text, 'null') || '}},"facts":{{"row":{{"state":"' || e.state
            || '"}}}},"ground":"","verb":"' || e.verb || '"}}', decode(md5(p.number || e.seq), 'hex')
        FROM bench_plan p CROSS JOIN (VALUES (1, 'begun', NULL::bigint, 'draft'), (2, 'submitted', NULL, 'draft'),
            (3, 'receive', NULL, 'received'), (4, 'accept', {clerk}, 'accepted'), (5, 'laid-out', NULL, 'accepted')
        ) AS e(seq, verb, actor, state) ORDER BY p.n, e.seq
        """
    )
    cursor.execute("INSERT INTO ledger_head SELECT 'case:' || number, 5, decode(md5(number), 'hex') FROM bench_plan")


def _citizen() -> int:
    found = account("citizen").subject_id
    assert found is not None
    return found


def _one(cursor: Any, sql: str) -> int:
    cursor.execute(sql)
    value: int = cursor.fetchone()[0]
    return value


def _column(cursor: Any, sql: str) -> list[str]:
    cursor.execute(sql)
    return [row[0] for row in cursor.fetchall()]
