"""The ledger's tables: partitioned by month from the first day, append-only by trigger, chained by one function."""

from django.db import migrations, models

TABLES = """
CREATE SEQUENCE ledger_entry_id;

CREATE TABLE ledger_entry (
    id bigint NOT NULL DEFAULT nextval('ledger_entry_id'),
    at timestamptz NOT NULL,
    chain varchar(64) NOT NULL,
    seq integer NOT NULL,
    verb varchar(40) NOT NULL,
    actor bigint,
    body text NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX ledger_entry_chain ON ledger_entry (chain, seq);
CREATE INDEX ledger_entry_actor ON ledger_entry (actor, at) WHERE actor IS NOT NULL;
CREATE TABLE ledger_entry_rest PARTITION OF ledger_entry DEFAULT;

CREATE TABLE ledger_head (
    chain varchar(64) PRIMARY KEY,
    seq integer NOT NULL,
    hash bytea NOT NULL
);

-- Months are made ahead by a job (ledger.tasks); an entry of a month that has no partition lies in the rest.
CREATE FUNCTION ledger_make_month(first date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text := 'ledger_entry_' || to_char(first, 'YYYYMM');
BEGIN
    IF to_regclass(name) IS NULL
       AND NOT EXISTS (SELECT 1 FROM ledger_entry_rest WHERE at >= first AND at < first + interval '1 month') THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF ledger_entry FOR VALUES FROM (%L) TO (%L)',
                       name, first::timestamptz, (first + interval '1 month')::timestamptz);
    END IF;
END $$;

SELECT ledger_make_month((date_trunc('month', now()) + n * interval '1 month')::date) FROM generate_series(0, 3) n;

-- One statement per entry: take the head (and its lock), chain to it, move it.
CREATE FUNCTION ledger_append(p_chain varchar, p_at timestamptz, p_verb varchar, p_actor bigint, p_body text)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE previous ledger_head; fresh bytea; made bigint;
BEGIN
    INSERT INTO ledger_head VALUES (p_chain, 0, '\\x') ON CONFLICT (chain) DO NOTHING;
    SELECT * INTO previous FROM ledger_head WHERE chain = p_chain FOR UPDATE;
    fresh := sha256(previous.hash || convert_to(p_chain || '#' || (previous.seq + 1) || chr(10) || p_body, 'UTF8'));
    INSERT INTO ledger_entry (at, chain, seq, verb, actor, body, hash)
        VALUES (p_at, p_chain, previous.seq + 1, p_verb, p_actor, p_body, fresh) RETURNING id INTO made;
    UPDATE ledger_head SET seq = previous.seq + 1, hash = fresh WHERE chain = p_chain;
    RETURN made;
END $$;

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END $$;
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
"""

BACK = """
DROP TABLE ledger_entry; DROP TABLE ledger_head; DROP SEQUENCE ledger_entry_id;
DROP FUNCTION ledger_append; DROP FUNCTION ledger_make_month; DROP FUNCTION ledger_refuse;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(TABLES, BACK),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("chain", models.CharField(max_length=64)),
                ("seq", models.IntegerField()),
                ("verb", models.CharField(max_length=40)),
                ("actor", models.BigIntegerField(null=True)),
                ("body", models.TextField()),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "ledger_entry", "managed": False, "ordering": ("chain", "seq")},
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("chain", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seq", models.IntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "ledger_head", "managed": False},
        ),
    ]
