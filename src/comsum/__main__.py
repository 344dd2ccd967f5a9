"""`python -m comsum` is the command `comsum`."""

from comsum.cli import entry_point

entry_point()
