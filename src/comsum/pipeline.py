"""The one line from text to Brief: segment → protect → translate → restore → check → facts → summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from comsum._version import __version__
from comsum.brief import Brief, Check, Sentence, Source, Title
from comsum.checks import check_segments
from comsum.errors import ComsumError, NotFrenchError, told
from comsum.facts import extract_facts
from comsum.facts.pronouns import mend_pronouns
from comsum.models.digest import cache_folder
from comsum.models.engines import LazyEngine, engine_name
from comsum.models.prompts import Prompt, load_prompt
from comsum.models.registry import BUNDLED, Checkpoint, find_checkpoint
from comsum.models.requests import Request, Steps, Task, run_alone, run_together
from comsum.models.sentence_cache import FILE_NAME, Recent, SentenceCache
from comsum.models.translator import FIRST, Translation, Translator
from comsum.reading.document import Document, document_from_text
from comsum.summary import Limits, summarise
from comsum.summary.abstract import Abstracter
from comsum.terms.entity import Entity
from comsum.terms.find import find_entities
from comsum.terms.glossary import Glossary
from comsum.terms.protect import Protected, protect
from comsum.terms.restore import repair, restore
from comsum.text.clean import clean_text
from comsum.text.language import FRENCH, is_french, language_name, language_of
from comsum.text.model_text import french_model_text
from comsum.text.plainer import plainer, without_subject
from comsum.text.recase import recase
from comsum.text.segment import Segment, is_capitals, segment
from comsum.translated import TranslatedSegment, find_english


@dataclass(frozen=True)
class Options:
    """What a brief is made with."""

    model: str = BUNDLED
    prompts: Path | None = None
    glossary: Glossary = field(default_factory=lambda: Glossary({}))
    limits: Limits = field(default_factory=Limits)
    threads: int | None = None
    summarizer: str | None = None
    engine: str = "auto"
    cache: bool = True
    insist: bool = False  # that all of it is French


WINDOW = 16  # releases whose sentences are decoded together; more gain little speed


class Briefer:
    """Makes briefs with one loaded model; loading is the slow part, so keep one for many releases.

    Threads may share one: engines, cache and word lists take care of themselves.
    """

    def __init__(self, options: Options = Options(), translator: Translator | None = None) -> None:
        """Find the model; it is loaded when first needed. Raises ModelError or ConfigurationError.

        A translator may be given instead.
        """
        self._options = options
        self._translator = translator or _load_translator(options)
        self._abstracter = _load_summarizer(options) if options.summarizer else None

    @property
    def signature(self) -> str:
        """Version, model and every setting: two briefs with the same signature and source are the same bytes."""
        return signature(self._options, self._translator.engine.name)

    def brief(self, document: Document | str) -> Brief:
        """Make the brief of one release. Raises EmptyInputError, or NotFrenchError when none of it is French."""
        return run_alone(self._steps(document), self._translator)

    def briefs(self, documents: Iterable[Document | str]) -> list[Brief | ComsumError]:
        """Make many briefs, their sentences decoded together; the error in the place of one that cannot be made."""
        return run_together(map(self._steps, documents), self._translator)

    def stream(self, documents: Iterable[Document | str]) -> Iterator[Brief | ComsumError]:
        """Make briefs of documents as they come, a window of them at a time, in their order."""
        left = iter(documents)
        while window := list(islice(left, WINDOW)):
            yield from self.briefs(window)

    def _steps(self, given: Document | str) -> Steps[Brief]:
        document = document_from_text(given) if isinstance(given, str) else given
        try:
            return (yield from self._brief(document))
        except Exception as error:
            said = told(error, document.name)
            if said is error:
                raise
            raise said from error

    def _brief(self, document: Document) -> Steps[Brief]:
        parts = segment(document.text)
        french = {s.paragraph for s in parts.segments} if self._options.insist else _french_paragraphs(parts.segments)
        if not french and (language := language_of(document.text)) != FRENCH:
            raise NotFrenchError(
                f"{document.name}: this is not French (it looks like {language_name(language)}); --lang fr insists"
            )
        segments = yield from self._segments(parts.segments, french, document.text)
        translated = mend_pronouns(segments)
        checks = check_segments(translated, self._options.glossary)
        date = parts.date or document.date
        facts = extract_facts(translated, date)
        body = [s for s in translated if s.origin != "kept"]
        limits = self._options.limits
        summary = self._abstracter.write(body, limits.sentences, limits.words) if self._abstracter else ()
        summary = summary or (yield from summarise(body, self._sentences, limits))
        sentences = tuple(_sentence(one) for one in translated)
        title = next((Title(s.source, s.target) for s in sentences if s.id == parts.title), None)
        source = _source(document, date)
        return Brief(source, title, sentences, summary, facts, (*checks, *_whole(document, summary)), self.signature)

    def _segments(self, segments: Sequence[Segment], french: set[int], body: str) -> Steps[list[TranslatedSegment]]:
        """Translate the French segments; the others stay as they are."""
        todo = [s for s in segments if s.paragraph in french]
        made = yield from self._translate([replace(s, text=_readable(s, body)) for s in todo])
        done = {s.id: replace(one, segment=s) for one, s in zip(made, todo, strict=True) if one}
        kept = (TranslatedSegment(s, (), s.text, (), None, "kept") for s in segments if s.paragraph not in french)
        done.update({one.segment.id: one for one in kept})
        return [done[s.id] for s in segments]

    def _sentences(self, texts: Sequence[str], task: Task) -> Steps[list[TranslatedSegment | None]]:
        """Translate or shorten loose French sentences, for the summary."""
        return self._translate([Segment(n, n, "sentence", 0, len(t), t) for n, t in enumerate(texts, 1)], task)

    def _translate(
        self, segments: Sequence[Segment], task: Task = "translate"
    ) -> Steps[list[TranslatedSegment | None]]:
        entities = [find_entities(s.text, self._options.glossary.matcher) for s in segments]
        knows = self._translator.engine.knows_sentinels
        protected = [
            protect(s.text, found) if knows else Protected(french_model_text(s.text), ())
            for s, found in zip(segments, entities, strict=True)
        ]
        outputs = yield Request(task, tuple(plainer(one.text) for one in protected))
        return [
            _restored(one, found, guarded, output) if output else None
            for one, found, guarded, output in zip(segments, entities, protected, outputs, strict=True)
        ]


def _load_translator(options: Options) -> Translator:
    checkpoint = find_checkpoint(options.model)
    engine = LazyEngine(checkpoint, options.engine, options.threads)
    prompts = _prompts(checkpoint, options.prompts)
    scope = " | ".join(_translation_parts(checkpoint, prompts, engine.name))
    memory = SentenceCache(cache_folder() / FILE_NAME, scope) if options.cache else Recent()
    return Translator(engine, *prompts, memory=memory, beams=checkpoint.beams)


def _load_summarizer(options: Options) -> Abstracter:
    assert options.summarizer is not None
    checkpoint = find_checkpoint(options.summarizer)
    prompt = load_prompt("summarize", checkpoint.family.name, options.prompts)
    return Abstracter(LazyEngine(checkpoint, options.engine, options.threads), prompt)


def signature(options: Options, engine: str | None = None) -> str:
    """Name everything that decides the output, without loading the model."""
    checkpoint = find_checkpoint(options.model)
    prompts = _prompts(checkpoint, options.prompts)
    version, model, runs, decoding, prompt = _translation_parts(
        checkpoint, prompts, engine or engine_name(options.engine)
    )
    limits = f"summary {options.limits.sentences}x{options.limits.words}"
    parts = (version, model, runs, decoding, limits, f"glossary {options.glossary.digest}", prompt)
    insisted = ["all French"] if options.insist else []
    return " | ".join([*parts, *_summarizer_part(options), *insisted])


def _translation_parts(checkpoint: Checkpoint, prompts: Sequence[Prompt], engine: str) -> tuple[str, ...]:
    """What decides the English of a sentence."""
    return (
        f"comsum {__version__}",
        f"model {checkpoint.name}@{checkpoint.digest}",
        f"engine {engine}",
        f"decoding beam{checkpoint.beams}" if checkpoint.beams else f"decoding {FIRST}",
        f"prompts {' '.join(prompt.digest for prompt in prompts)}",
    )


def _summarizer_part(options: Options) -> list[str]:
    if not options.summarizer:
        return []
    checkpoint = find_checkpoint(options.summarizer)
    prompt = load_prompt("summarize", checkpoint.family.name, options.prompts)
    return [f"summarizer {checkpoint.name}@{checkpoint.digest} {prompt.digest}"]


def _prompts(checkpoint: Checkpoint, override: Path | None) -> list[Prompt]:
    """The prompts of the tasks that the checkpoint has learnt: to translate and, the bundled one, to summarize."""
    tasks = ("translate", "summarize") if "summarize" in checkpoint.tasks else ("translate",)
    return [load_prompt(task, checkpoint.family.name, override) for task in tasks]


def _restored(
    segment: Segment, entities: Sequence[Entity], protected: Protected, output: Translation
) -> TranslatedSegment:
    result = restore(without_subject(protected.text, output.text), protected)
    if not protected.entities:
        result = replace(result, text=repair(result.text, entities))  # a model that knows no sentinels
    target = result.text if segment.kind == "heading" else _sentence_case(result.text)
    places = tuple(result.place(entity) or find_english(target, entity.english) for entity in entities)
    return TranslatedSegment(segment, tuple(entities), target, places, output.score, output.origin)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _readable(segment: Segment, body: str) -> str:
    return recase(segment.text, body) if is_capitals(segment.text) else segment.text


def _french_paragraphs(segments: Sequence[Segment]) -> set[int]:
    """Paragraphs to translate; one of a few words only is taken for French, like its neighbours."""
    texts: dict[int, list[str]] = {}
    for one in segments:
        texts.setdefault(one.paragraph, []).append(one.text)
    return {number for number, parts in texts.items() if is_french(" ".join(parts))}


def _sentence(one: TranslatedSegment) -> Sentence:
    s = one.segment
    kind = "foreign" if one.origin == "kept" else s.kind
    return Sentence(s.id, s.paragraph, kind, s.start, s.end, s.text, one.target, one.score, one.origin)


def _source(document: Document, date: str | None) -> Source:
    return Source(
        name=clean_text(Path(document.name).name),
        sha256=document.sha256,
        bytes=document.bytes,
        encoding=document.encoding,
        language="fr",
        characters=len(document.text),
        date=date,
        format=document.format,
        title=document.title,
        author=document.author,
        url=document.url,
    )


def _whole(document: Document, summary: Sequence[object]) -> Iterator[Check]:
    """What is to be said of the release as a whole."""
    for note in document.notes:
        yield Check("source", "warning", None, f"source: {note}")
    if not summary:
        yield Check("summary", "warning", None, "summary: no sentence could be chosen; read the translation")
