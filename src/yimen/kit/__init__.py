"""Plumbing with no word of the trade in it: commands, events, refusals, paging, crypto, time.

Everybody may import this room; it imports nobody. It has no tables: what must be stored (events that
are delivered later, answers kept for repeated requests) is stored by a library or by the ledger.
"""
