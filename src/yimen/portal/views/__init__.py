"""Doors of the portal: find through queries, clean the input, make one command call, answer."""
