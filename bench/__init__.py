"""Benchmarks: yimen beside a floor, a ceiling and its peers, on one server, in one run. `make bench`.

Machines differ and are noisy, so what counts are the ratios within a run: repetitions of everything that is compared
alternate, and each figure is the median of them. Nothing here is imported by the house or by its tests.
"""
