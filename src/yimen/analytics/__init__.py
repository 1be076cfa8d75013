"""Figures of how well the city serves: what people didn't have to bring, type and walk, and which materials could go.

Built from what other rooms say and keep; it decides nothing and changes nothing elsewhere. How late an office is,
belongs to supervision, how content people are, to evaluation.
"""
