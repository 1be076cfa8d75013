"""Our side: what runs inside the house's own Django, by the same commands that everybody uses."""
