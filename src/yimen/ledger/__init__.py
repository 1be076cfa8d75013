"""台账: the append-only, hash-chained record of who did what, when, on which ground, and who looked at whose data.

It knows numbers, not rows: a chain is named by a text (`case:4414…`, `subject:17`), so that it outlives every
other room. Each entry carries the hash of the one before it in its chain. Nothing here is ever changed or deleted.
It also keeps answers to repeated requests (Idempotency-Key) and counts of public look-ups.
"""
