"""Several entries in one statement, appended in the order in which they are given."""

from django.db import migrations

MANY = """
CREATE FUNCTION ledger_append_all(
    p_chains varchar[], p_ats timestamptz[], p_verbs varchar[], p_actors bigint[], p_bodies text[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. cardinality(p_chains) LOOP
        PERFORM ledger_append(p_chains[i], p_ats[i], p_verbs[i], p_actors[i], p_bodies[i]);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_attempts_answer")]

    operations = [migrations.RunSQL(MANY, "DROP FUNCTION ledger_append_all;")]
