"""One network file on LiteRT: a picture in, arrays out, nothing printed."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Network"]


@contextmanager
def _native_messages_dropped() -> Iterator[None]:
    """Send what native code writes to standard error to a file that is thrown away."""
    kept = os.dup(2)
    with tempfile.TemporaryFile() as bin_:
        os.dup2(bin_.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


class Network:
    """A TFLite file, run on one thread; its outputs are told apart by their number of elements.

    Parameters
    ----------
    path
        The file.
    wanted
        Element counts of the outputs to hand out.
    """

    def __init__(self, path: Path, wanted: tuple[int, ...]) -> None:
        with _native_messages_dropped():
            self._interpreter: Any = Interpreter(model_path=str(path), num_threads=1)
            self._interpreter.allocate_tensors()
        entry = self._interpreter.get_input_details()[0]
        self._input, self._shape = entry["index"], tuple(entry["shape"])
        self._outputs = {
            int(np.prod(out["shape"])): out["index"] for out in self._interpreter.get_output_details()
        }
        self._wanted = wanted

    def __call__(self, picture: NDArray[Any]) -> dict[int, NDArray[np.float32]]:
        """Return the wanted outputs of one picture (H, W, 3), keyed by their element count."""
        batch = picture[None]
        if batch.shape != self._shape:
            self._resize(batch.shape)
        self._interpreter.set_tensor(self._input, batch)
        self._interpreter.invoke()
        return {size: self._interpreter.get_tensor(self._outputs[size]) for size in self._wanted}

    def _resize(self, shape: tuple[int, ...]) -> None:
        """Prepare the network for pictures of another size."""
        with _native_messages_dropped():
            self._interpreter.resize_tensor_input(self._input, list(shape))
            self._interpreter.allocate_tensors()
        self._shape = shape
