"""效能监督: the sweep over the clocks: warnings, yellow and red cards, deemed acceptance, returns.

It reads only what `clocks` says is due, so it costs what is newly due, not what is open. A card freezes the facts it
was issued on and is never deleted.
"""
