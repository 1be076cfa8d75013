"""事项: items by edition, what each asks, how long it may take, what it gives; loading, releasing and finding them.

It is for: one typed document per edition, immutable once released; guides and search over the current ones.
It is not for: form answers (applications), handling (cases) or pages that join rooms (portal).
"""
