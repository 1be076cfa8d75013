"""Doors of the administration: agencies, halls, posts, calendar."""
