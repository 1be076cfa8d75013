"""django-viewflow: the case as one of its flows."""
