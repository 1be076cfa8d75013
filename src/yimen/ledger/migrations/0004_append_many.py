"""Hundreds of entries at once (old licences by the batch) are chained in one pass and written by one statement.

A few, as a command gives them, stay with the function for one: it asks less of PostgreSQL than a statement over sets.
"""

from django.db import migrations

MANY = """
CREATE OR REPLACE FUNCTION ledger_append_all(
    p_chains varchar[], p_ats timestamptz[], p_verbs varchar[], p_actors bigint[], p_bodies text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    count int := cardinality(p_chains);
    entry record;
    chained varchar := NULL;
    number int;
    last bytea;
    seqs int[] := array_fill(0, ARRAY[count]);
    hashes bytea[] := array_fill(''::bytea, ARRAY[count]);
BEGIN
    IF count <= 16 THEN
        FOR i IN 1 .. count LOOP
            PERFORM ledger_append(p_chains[i], p_ats[i], p_verbs[i], p_actors[i], p_bodies[i]);
        END LOOP;
        RETURN;
    END IF;
    -- In one order, so that two of them wait for each other instead of dying of it.
    INSERT INTO ledger_head SELECT DISTINCT chain, 0, ''::bytea FROM unnest(p_chains) AS chain ORDER BY chain
        ON CONFLICT (chain) DO NOTHING;
    PERFORM 1 FROM ledger_head WHERE chain IN (SELECT unnest(p_chains)) ORDER BY chain FOR UPDATE;
    FOR entry IN
        SELECT given.chain, given.body, given.place::int, head.seq, head.hash
        FROM unnest(p_chains, p_bodies) WITH ORDINALITY AS given (chain, body, place) JOIN ledger_head head USING (chain)
        ORDER BY given.chain, given.place
    LOOP
        IF chained IS DISTINCT FROM entry.chain THEN
            chained := entry.chain; number := entry.seq; last := entry.hash;
        END IF;
        number := number + 1;
        last := sha256(last || convert_to(entry.chain || '#' || number || chr(10) || entry.body, 'UTF8'));
        seqs[entry.place] := number;
        hashes[entry.place] := last;
    END LOOP;
    INSERT INTO ledger_entry (at, chain, seq, verb, actor, body, hash)
        SELECT at, chain, seq, verb, actor, body, hash
        FROM unnest(p_ats, p_chains, seqs, p_verbs, p_actors, p_bodies, hashes) WITH ORDINALITY
            AS made (at, chain, seq, verb, actor, body, hash, place)
        ORDER BY place;
    UPDATE ledger_head head SET seq = ending.seq, hash = ending.hash
        FROM (
            SELECT DISTINCT ON (chain) chain, seq, hash FROM unnest(p_chains, seqs, hashes) AS made (chain, seq, hash)
            ORDER BY chain, seq DESC
        ) ending
        WHERE head.chain = ending.chain;
END $$;
"""

ONE_BY_ONE = """
CREATE OR REPLACE FUNCTION ledger_append_all(
    p_chains varchar[], p_ats timestamptz[], p_verbs varchar[], p_actors bigint[], p_bodies text[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. cardinality(p_chains) LOOP
        PERFORM ledger_append(p_chains[i], p_ats[i], p_verbs[i], p_actors[i], p_bodies[i]);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_append_all")]

    operations = [migrations.RunSQL(MANY, ONE_BY_ONE)]
