"""Doors of the desk: the work list, a case, its files, and a page for each verb."""
