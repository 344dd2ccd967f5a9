"""A toy language learnt in seconds: the pipeline from pairs to a checkpoint that comsum loads."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch

from comsum.errors import ConfigurationError
from comsum.models.prompts import load_prompt
from comsum.models.registry import find_checkpoint
from comsum.models.search import Decoding
from comsum.models.torch_engine import TorchEngine
from comsum.models.translator import Translator
from comsum.training import lexicon, pack, vocabulary
from comsum.training.__main__ import main
from comsum.training.augment import with_sentinels
from comsum.training.batches import batches
from comsum.training.evaluate import name_recall, number_recall, sentinel_share
from comsum.training.loop import Settings, Trainer
from comsum.training.pairs import Corpus, Pair, clean, is_good, mix, read_pairs, read_recipe
from comsum.training.seed import new_model, seed_from_counts

WORDS = dict(
    zip(
        [
            "paix",
            "guerre",
            "accord",
            "visite",
            "ministre",
            "pays",
            "peuple",
            "force",
            "loi",
            "jour",
            "ville",
            "route",
            "armée",
            "presse",
            "message",
            "séance",
        ],
        [
            "peace",
            "war",
            "agreement",
            "visit",
            "minister",
            "country",
            "people",
            "force",
            "law",
            "day",
            "city",
            "road",
            "army",
            "press",
            "message",
            "session",
        ],
        strict=True,
    )
)


def toy_pairs(count: int, seed: int = 0) -> list[Pair]:
    rng = random.Random(seed)
    pairs = []
    for _ in range(count):
        french = [rng.choice(list(WORDS)) for _ in range(rng.randint(2, 5))]
        pairs.append(Pair(" ".join(french), " ".join(WORDS[word] for word in french)))
    return pairs


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder after the steps data, warm-start, train and export, on the toy language."""
    folder = tmp_path_factory.mktemp("toy")
    corpus, work = folder / "corpus", folder / "work"
    corpus.mkdir()
    _write(corpus / "toy.tsv", toy_pairs(3000))
    import lzma

    (corpus / "toy.tsv.xz").write_bytes(lzma.compress((corpus / "toy.tsv").read_bytes()))
    (folder / "recipe.toml").write_text('[corpora.toy]\nweight = 1.0\nlicence = "ours"\n')
    held_out = toy_pairs(40, seed=9)
    (folder / "dev.fr").write_text("\n".join(pair.source for pair in held_out))
    (folder / "dev.en").write_text("\n".join(pair.target for pair in held_out))
    base = ["--work", str(work)]
    data = [
        "data",
        "--corpus",
        str(corpus),
        "--recipe",
        str(folder / "recipe.toml"),
        "--development",
        str(folder / "dev"),
    ]
    assert main([*base, *data, "--vocabulary", "400"]) == 0
    assert main([*base, "warm-start", "--width", "64", "--encoder", "1", "--decoder", "1"]) == 0
    assert main([*base, "train", "--steps", "300", "--tokens", "400", "--rate", "0.004"]) == 0
    assert main([*base, "train", "--steps", "700", "--tokens", "400", "--rate", "0.004"]) == 0
    assert main([*base, "export", "--to", str(folder / "model"), "--last", "1"]) == 0
    return folder


def _write(path: Path, pairs: list[Pair]) -> None:
    path.write_text("".join(f"{pair.source}\t{pair.target}\n" for pair in pairs), encoding="utf-8")


def _right(engine: TorchEngine) -> int:
    """How many of 40 held-out toy sentences the model translates word for word."""
    pairs = toy_pairs(40, seed=9)
    translator = Translator(engine, load_prompt("translate", "bundled"))
    outputs = translator.translate([pair.source for pair in pairs])
    return sum(output.text == pair.target for output, pair in zip(outputs, pairs, strict=True))


def test_the_toy_language_is_learnt_and_the_export_loads(toy: Path) -> None:
    engine = TorchEngine(find_checkpoint(str(toy / "model")))
    assert engine.knows_sentinels
    assert _right(engine) >= 30
    greedy = engine.generate(["translate: la paix"], Decoding(beams=1))
    assert greedy[0][0].score <= 0


def test_a_second_train_went_on_from_the_first(toy: Path) -> None:
    progress = json.loads((toy / "work" / "run" / "last.json").read_text())
    assert progress["step"] == 700
    assert progress["best_loss"] < 1.0


def test_the_card_and_meta_say_what_the_model_is(toy: Path) -> None:
    meta = json.loads((toy / "model" / "meta.json").read_text())
    assert meta["data"] == [{"name": "toy", "pairs": meta["data"][0]["pairs"], "licence": "ours"}]
    assert meta["steps"] == 700
    card = (toy / "model" / "README.md").read_text()
    assert "| toy |" in card
    assert "Version" in card


def test_the_exported_model_is_scored_on_sets(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--model", str(toy / "model"), "--eval", str(toy), "--sets", "dev", "--limit", "20"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["scores"]["dev"]["sentences"] == 20
    assert found["scores"]["dev"]["chrf"] > 60
    assert found["signatures"]["bleu"].startswith("nrefs:1")


def test_a_user_can_fine_tune_with_a_translation_memory(toy: Path, tmp_path: Path) -> None:
    units = "".join(
        f'<tu><tuv xml:lang="fr-FR"><seg>{pair.source}</seg></tuv><tuv xml:lang="en"><seg>{pair.target}</seg></tuv></tu>'
        for pair in toy_pairs(120, seed=4)
    )
    memory = tmp_path / "house.tmx"
    memory.write_text(f'<?xml version="1.0"?><tmx version="1.4"><header/><body>{units}</body></tmx>', encoding="utf-8")
    base = ["--work", str(tmp_path / "work")]
    tune = ["train", "--from", str(toy / "model"), "--data", str(memory), "--steps", "5", "--tokens", "200"]
    assert main([*base, *tune, "--rate", "0.0002", "--optimizer", "adamw"]) == 0
    assert main([*base, "export", "--to", str(tmp_path / "tuned")]) == 0
    assert _right(TorchEngine(find_checkpoint(str(tmp_path / "tuned")))) >= 30


def test_training_goes_on_from_a_model_in_its_own_word_pieces(toy: Path, tmp_path: Path) -> None:
    model, base = str(toy / "model"), ["--work", str(tmp_path)]
    data = ["data", "--corpus", str(toy / "corpus"), "--recipe", str(toy / "recipe.toml"), "--limit", "200"]
    assert main([*base, *data, "--development", str(toy / "dev"), "--tokenizer", model]) == 0
    assert main([*base, "train", "--from", model, "--steps", "5", "--tokens", "200", "--rate", "0.0002"]) == 0
    assert main([*base, "export", "--to", str(tmp_path / "more")]) == 0
    assert _right(TorchEngine(find_checkpoint(str(tmp_path / "more")))) >= 30
    before, after = (json.loads((folder / "meta.json").read_text()) for folder in (toy / "model", tmp_path / "more"))
    assert after["steps"] == before["steps"] + 5
    assert after["pairs_seen"] > before["pairs_seen"]
    assert {corpus["name"] for corpus in after["data"]} == {corpus["name"] for corpus in before["data"]}
    assert main(["--work", str(toy / "work"), "train", "--from", "bundled", "--steps", "1"]) == 2


def test_mistakes_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--work", str(tmp_path), "train"]) == 2
    assert "run the step `data` first" in capsys.readouterr().err
    assert main(["--work", str(tmp_path), "train", "--from", "bundled"]) == 2
    assert "--data" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("source", "target", "good"),
    [
        ("La paix est là.", "Peace is here.", True),
        ("La paix est là.", "La paix est là.", False),
        ("", "x", False),
        ("Il y a 25 blessés.", "There are 52 wounded.", False),
        ("Il y a 25 blessés.", "There are 25 wounded.", True),
        ("La paix est là depuis longtemps.", "Peace.", False),
        ("12 34 56 78 90 ----", "12 34 56 78 90 ....", False),
        ("mot " * 90, "word " * 90, False),
    ],
)
def test_which_pairs_are_worth_learning_from(source: str, target: str, good: bool) -> None:
    assert is_good(Pair(source.strip(), target.strip())) is good


def test_pairs_are_read_from_tables_and_refused_from_other_files(tmp_path: Path) -> None:
    _write(tmp_path / "a.tsv", [Pair("un", "one"), Pair("deux", "two")])
    assert list(read_pairs(tmp_path / "a.tsv")) == [("un", "one"), ("deux", "two")]
    with pytest.raises(ConfigurationError, match=r"\.tmx"):
        list(read_pairs(tmp_path / "a.docx"))


def test_a_mixture_has_no_repeats_and_counts_what_it_took(tmp_path: Path) -> None:
    import lzma

    lines = "La paix est là.\tPeace is here.\n" * 3 + "Le pays est uni.\tThe country is united.\n"
    (tmp_path / "c.tsv.xz").write_bytes(lzma.compress(lines.encode()))
    mixture = mix(tmp_path, [Corpus("c", 1.0, "ours")])
    assert sorted(pair.target for pair in mixture.pairs) == ["Peace is here.", "The country is united."]
    assert mixture.counts == {"c": 2}
    assert mix(tmp_path, [Corpus("c", 2.0, "ours")]).counts == {"c": 4}


def test_the_shipped_recipe_leaves_out_what_may_not_ship() -> None:
    from comsum.training.__main__ import RECIPE

    names = {corpus.name for corpus in read_recipe(RECIPE)}
    assert "europarl.0" in names
    assert not names & {"hansard36", "progit"}


def test_sentinels_stand_for_what_is_the_same_on_both_sides() -> None:
    pair = Pair("Il a vu le Mali le 3 mai 2022 avec 25 experts.", "He saw Mali on 3 May 2022 with 25 experts.")
    found = {with_sentinels(pair, random.Random(seed)) for seed in range(30)}
    assert any(result.source.count("<x") == 3 for result in found)
    for result in found:
        assert sorted(set(result.source.split()) & {f"<x{n}>" for n in range(16)}) == sorted(
            word for word in result.target.rstrip(".").split() if word.startswith("<x")
        )


def test_a_name_inside_another_word_is_left_alone() -> None:
    pair = clean(Pair("Les règles de l'UE sont claires.", "The European rules are clear."))
    assert all(with_sentinels(pair, random.Random(seed)) == pair for seed in range(10))


@pytest.fixture(scope="module")
def packed() -> tuple[pack.Packed, int, int]:
    pairs = toy_pairs(600)
    tokenizer, target_size = vocabulary.make_vocabulary(pairs, 400)
    return pack.pack(pairs, tokenizer, target_size, sentinel_share=0), tokenizer.get_vocab_size(), target_size


def test_batches_hold_every_pair_once_and_keep_the_limit(packed: tuple[pack.Packed, int, int]) -> None:
    data, _, target_size = packed
    assert target_size <= packed[1]
    seen = 0
    for batch in batches(data, tokens=128):
        assert batch.source.numel() <= 128
        assert batch.target.numel() <= 128
        seen += len(batch.source)
    assert seen == len(data)


def test_packed_parts_are_read_as_written(packed: tuple[pack.Packed, int, int], tmp_path: Path) -> None:
    pack.save(packed[0], tmp_path / "a.npz")
    pack.save(packed[0], tmp_path / "b.npz")
    both = pack.load([tmp_path / "a.npz", tmp_path / "b.npz"])
    assert len(both) == 2 * len(packed[0])
    assert (both.target[: len(packed[0].target)] == packed[0].target).all()


def test_the_counted_lexicon_finds_translations(packed: tuple[pack.Packed, int, int], tmp_path: Path) -> None:
    data, source_size, target_size = packed
    table = lexicon.translation_table(data, source_size, target_size)
    assert torch.allclose(table.sum(1)[data.source[:50].astype("int64")], torch.ones(50), atol=1e-3)
    lexicon.save_table(table, tmp_path / "table.safetensors")
    again = lexicon.load_table(tmp_path / "table.safetensors")
    assert (table.argmax(1) == again.argmax(1)).float().mean() > 0.99


def test_a_seeded_model_starts_nearer_than_a_random_one(packed: tuple[pack.Packed, int, int], tmp_path: Path) -> None:
    data, source_size, target_size = packed
    table = lexicon.translation_table(data, source_size, target_size)
    neighbours = lexicon.neighbour_embeddings(data, target_size, 64)
    frequency = torch.bincount(torch.from_numpy(data.target.astype("int64")), minlength=target_size).float()
    losses = []
    for seeded in (False, True):
        torch.manual_seed(0)
        model = new_model(source_size, target_size, width=64, encoder=1, decoder=1)
        if seeded:
            seed_from_counts(model, table, neighbours, frequency)
        losses.append(Trainer(model, tmp_path / str(seeded), Settings()).development_loss(data))
    assert losses[1] < losses[0]


def test_the_learning_rate_warms_up_stays_and_falls() -> None:
    settings = Settings(steps=1000, warmup=100, decay=0.3)
    rates = [settings.rate_at(step) for step in (0, 49, 99, 500, 700, 850, 1000)]
    assert rates == pytest.approx([0.01, 0.5, 1.0, 1.0, 1.0, 0.5, 0.0])
    assert Settings(steps=10**9, minutes=10).rate_at(500, minutes=10) == 0


def test_recall_counts_what_the_reference_has() -> None:
    references = ["He met Putin and 3,000 men in Moscow.", "Nothing."]
    assert number_recall(references, ["He saw 3000 men.", "5"]) == 1.0
    assert name_recall(references, ["He met Putin in London.", "x"]) == 0.5
    assert sentinel_share(["<x0> a <x1> et <x2>"], ["<x0> has <x1> <x1>"]) == pytest.approx(1 / 3)
