"""Which engine runs a checkpoint: `ct2` where it is installed, else `torch`."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec

from comsum.errors import ConfigurationError, ModelError, is_shortage
from comsum.models.digest import cache_folder
from comsum.models.registry import Checkpoint
from comsum.models.search import Decoding, Engine, Hypothesis

ENGINES = ("auto", "torch", "ct2")


def choose_engine(wanted: str = "auto") -> str:
    """`torch` or `ct2`, without loading either. Raises ConfigurationError when the one wanted is not installed."""
    installed = find_spec("ctranslate2") is not None
    if wanted == "ct2" and not installed:
        raise ConfigurationError("--engine ct2 needs the extra: pip install 'comsum[fast]'")
    if wanted != "auto":
        return wanted
    return "ct2" if installed and _can_keep() else "torch"


def engine_name(wanted: str = "auto") -> str:
    """The name that the chosen engine gives itself in the signature."""
    if choose_engine(wanted) == "torch":
        return "torch"
    from comsum.models.ct2_engine import CT2Engine

    return CT2Engine.name


def load_engine(checkpoint: Checkpoint, wanted: str = "auto", threads: int | None = None) -> Engine:
    """Load the chosen engine with a checkpoint. Raises ModelError or ConfigurationError."""
    if choose_engine(wanted) == "ct2":
        from comsum.models.ct2_engine import CT2Engine

        return CT2Engine(checkpoint, threads=threads)
    from comsum.models.torch_engine import TorchEngine

    return TorchEngine(checkpoint, threads=threads)


def _can_keep() -> bool:
    """Converting at each start would be slower than torch, so `auto` wants a cache folder that can be written."""
    folder = cache_folder()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


class LazyEngine:
    """An engine that is loaded when something is first asked of it: what the sentence cache knows needs no model."""

    def __init__(self, checkpoint: Checkpoint, wanted: str = "auto", threads: int | None = None) -> None:
        """Raises ConfigurationError when the engine wanted is not installed."""
        self.name = engine_name(wanted)
        self.knows_sentinels = checkpoint.family.name == "bundled"
        self._checkpoint, self._wanted, self._threads = checkpoint, wanted, threads
        self._lock = threading.Lock()

    @cached_property
    def _loaded(self) -> Engine:
        try:
            return load_engine(self._checkpoint, self._wanted, self._threads)
        except Exception as error:
            if not is_shortage(error):
                raise
            raise ModelError(
                f"{self._checkpoint.name}: not enough memory for this model; close what else runs, take --engine ct2 "
                "or a smaller model"
            ) from error

    @property
    def engine(self) -> Engine:
        """The real one. Raises ModelError when it cannot be loaded."""
        with self._lock:
            return self._loaded

    @property
    def max_tokens(self) -> int:
        """See Engine."""
        return self.engine.max_tokens

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        """See Engine."""
        return self.engine.generate(prompts, decoding)

    def count_tokens(self, text: str) -> int:
        """See Engine."""
        return self.engine.count_tokens(text)
