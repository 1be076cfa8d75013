"""What the city is: divisions, agencies, halls, windows, posts; and its working calendar as published.

A post says what whoever holds it may do and how far that reaches; who holds it is identity's business. The calendar
table overrides the law's own; a changed day is told aloud, and whoever counts hears it.
"""
