"""A folder of releases: planned, briefed in windows with one model, noted, indexed, told in a digest."""

from __future__ import annotations

from comsum.batch.digest import write_digest
from comsum.batch.index import write_index
from comsum.batch.manifest import Manifest, Record
from comsum.batch.plan import Job, plan
from comsum.batch.run import Make, Outcome, Rules, locally, run

__all__ = [
    "Job",
    "Make",
    "Manifest",
    "Outcome",
    "Record",
    "Rules",
    "locally",
    "plan",
    "run",
    "write_digest",
    "write_index",
]
