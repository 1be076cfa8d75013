"""Thousands of entries at once are chained by a window over each chain: no loop, and each head is written once.

The loop of 0004 took 14 µs an entry, and heads of new chains were written twice (measured on old licences by the batch,
where nearly each chain is new). Few entries go the way of one, as before.
"""

from importlib import import_module

from django.db import migrations

CHAINED = """
CREATE FUNCTION ledger_link(state bytea, head bytea, link text) RETURNS bytea IMMUTABLE PARALLEL SAFE LANGUAGE sql AS
    $$ SELECT sha256(coalesce(state, head) || convert_to(link, 'UTF8')) $$;

-- The hash after each entry of a chain, from the hash of its head before the first.
CREATE AGGREGATE ledger_chained(bytea, text) (SFUNC = ledger_link, STYPE = bytea);
"""

MANY = """
CREATE OR REPLACE FUNCTION ledger_append_all(
    p_chains varchar[], p_ats timestamptz[], p_verbs varchar[], p_actors bigint[], p_bodies text[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(p_chains) <= 16 THEN
        FOR i IN 1 .. cardinality(p_chains) LOOP
            PERFORM ledger_append(p_chains[i], p_ats[i], p_verbs[i], p_actors[i], p_bodies[i]);
        END LOOP;
        RETURN;
    END IF;
    LOOP
        BEGIN
            WITH heads AS MATERIALIZED (
                -- In one order, so that two of them wait for each other instead of dying of it; read as they are locked.
                SELECT * FROM ledger_head WHERE chain IN (SELECT unnest(p_chains)) ORDER BY chain FOR UPDATE
            ), given AS (
                SELECT *, row_number() OVER (PARTITION BY chain ORDER BY place) AS nth
                FROM unnest(p_chains, p_ats, p_verbs, p_actors, p_bodies) WITH ORDINALITY
                    AS given (chain, at, verb, actor, body, place)
            ), numbered AS (
                SELECT given.*, head.chain IS NULL AS opens, coalesce(head.seq, 0) + nth AS seq,
                    coalesce(head.hash, '') AS head
                FROM given LEFT JOIN heads head USING (chain)
            ), made AS MATERIALIZED (
                SELECT *, lead(nth) OVER chained IS NULL AS ends,
                    ledger_chained(head, chain || '#' || seq || chr(10) || body) OVER chained AS hash
                FROM numbered WINDOW chained AS (PARTITION BY chain ORDER BY place)
            ), opened AS (
                INSERT INTO ledger_head SELECT chain, seq, hash FROM made WHERE ends AND opens ORDER BY chain
                RETURNING chain
            ), moved AS (
                -- After the new ones: who still waits to open a chain must not hold what others find changed.
                UPDATE ledger_head head SET seq = made.seq, hash = made.hash FROM made
                WHERE made.ends AND NOT made.opens AND head.chain = made.chain AND (SELECT count(*) FROM opened) >= 0
            )
            INSERT INTO ledger_entry (at, chain, seq, verb, actor, body, hash)
                SELECT at, chain, seq, verb, actor, body, hash FROM made ORDER BY place;
            RETURN;
        EXCEPTION WHEN unique_violation THEN
            -- Somebody opened one of these chains meanwhile: once more, after what they wrote.
            NULL;
        END;
    END LOOP;
END $$;
"""

BEFORE = import_module("yimen.ledger.migrations.0004_append_many").MANY


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_append_many")]

    operations = [
        migrations.RunSQL(CHAINED, "DROP AGGREGATE ledger_chained(bytea, text); DROP FUNCTION ledger_link;"),
        migrations.RunSQL(MANY, BEFORE),
    ]
