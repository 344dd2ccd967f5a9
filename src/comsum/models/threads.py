"""How many threads a model should use: one for each physical core that this process may run on."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_TOPOLOGY = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"


def physical_cores() -> int:
    """Cores this process may use, the two threads of one core counted once; at least 1.

    Two threads of one core share its arithmetic units, which is all that a model needs.
    """
    allowed = _allowed()
    cores = set()
    for number in allowed:
        siblings = str(number)
        with suppress(OSError):
            siblings = Path(_TOPOLOGY.format(number)).read_text(encoding="ascii").strip()
        cores.add(siblings)
    return max(1, len(cores))


def _allowed() -> set[int]:
    try:
        return os.sched_getaffinity(0)
    except AttributeError:  # macOS, Windows
        return set(range(os.cpu_count() or 1))
