"""Doors of the licence library."""
