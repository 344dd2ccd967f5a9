"""`python -m comsum.training STEP`: how the bundled model is made.

    data        read pairs by a recipe, filter, mix, train the tokenizer, pack token ids
    warm-start  count the lexicon and write the first weights
    train       train, or go on from the last checkpoint
    export      average the last checkpoints into a folder that comsum loads
    evaluate    score a folder on development sets

`make model` runs them in this order. Everything lives in one working folder (--work, ignored by git).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from comsum.errors import ComsumError

RECIPE = Path(__file__).with_name("corpora.toml")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m comsum.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, default=Path("work"), help="working folder (default: work)")
    steps = parser.add_subparsers(dest="step", required=True)
    data = steps.add_parser("data", help="pairs to packed token ids")
    data.add_argument("--corpus", type=Path, required=True, help="folder with the corpora of the recipe")
    data.add_argument("--recipe", type=Path, default=RECIPE)
    data.add_argument("--development", type=Path, required=True, help="NAME of a held-out set: NAME.fr and NAME.en")
    data.add_argument("--vocabulary", type=int, default=16_000, help="word pieces for both languages")
    data.add_argument("--tokenizer", help="word pieces of this model (bundled, or a folder), to train on from it")
    data.add_argument("--limit", type=int, help="most pairs in all")
    seed = steps.add_parser("warm-start", help="first weights from counts")
    seed.add_argument("--width", type=int, default=256)
    seed.add_argument("--encoder", type=int, default=6, help="layers")
    seed.add_argument("--decoder", type=int, default=2, help="layers")
    train = steps.add_parser("train", help="train, resuming when there is a checkpoint")
    train.add_argument("--from", dest="source", help="start from these weights: bundled, or a folder")
    train.add_argument(
        "--data", type=Path, nargs="*", default=[], help="own pairs (TSV, TMX) instead of the packed ones"
    )
    for name, kind in (("steps", int), ("tokens", int), ("rate", float), ("minutes", float), ("decay", float)):
        train.add_argument(f"--{name}", type=kind, help=f"see Settings.{name}")
    train.add_argument("--optimizer", choices=["muon", "adamw"], help="see Settings.optimizer")
    export = steps.add_parser("export", help="average and write a checkpoint that comsum loads")
    export.add_argument("--to", type=Path, required=True)
    export.add_argument("--last", type=int, default=3, help="checkpoints to average")
    export.add_argument("--eval", type=Path, help="folder of development sets, to put scores on the card")
    score = steps.add_parser("evaluate", help="score a folder")
    score.add_argument("--model", type=Path, required=True)
    score.add_argument("--eval", type=Path, required=True)
    score.add_argument("--sets", nargs="*", default=["europarl-dev", "flores-dev", "wmt13"])
    score.add_argument("--limit", type=int, help="sentences of each set")
    score.add_argument("--engine", choices=["torch", "ct2"], default="torch")
    score.add_argument("--beams", type=int, default=0, help="of the first search, instead of comsum's own number")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; errors are one line."""
    options = _parser().parse_args(arguments)
    from comsum.training import steps

    try:
        result = getattr(steps, options.step.replace("-", "_"))(options)
    except ComsumError as error:
        print(f"comsum.training: {error}", file=sys.stderr)
        return int(error.exit_code)
    if result:
        print(json.dumps(result, indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
