"""`comsum models pull`: the one thing that uses the network. Brings a model's files, resumes, and verifies each.

Weights come as safetensors or not at all. Where a repository has none on its main branch, the conversion that the hub's
own bot offers as a pull request is taken, as transformers does; the repository's Python code is never fetched.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comsum.errors import ModelError, OutputError
from comsum.models.catalogue import Entry, entry_of, family_of
from comsum.models.digest import digest_of, sha256_of
from comsum.models.registry import NOTE, folder_of, weight_files

_BOT = "SFconvertbot"
_WANTED = (".json", ".txt", ".model", ".spm", ".safetensors")
_SPARE_BYTES = 100_000_000  # left free on the disk


@dataclass(frozen=True)
class RemoteFile:
    """A file of a repository: its size in bytes and how to know it is whole."""

    name: str
    size: int
    sha256: str | None
    blob: str | None


@dataclass(frozen=True)
class Offer:
    """What pulling a model would bring."""

    repo: str
    revision: str
    commit: str
    licence: str
    files: tuple[RemoteFile, ...]

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(file.size for file in self.files)


def look_up(name: str) -> Offer:
    """Ask the hub what a model is. Raises ModelError when it is not there, or has no weights that may be opened."""
    entry = entry_of(name)
    repo = entry.repo if entry else name
    with _said(name):
        info = _api().model_info(repo, files_metadata=True)
        revision = "main"
        if not _has_weights(info):
            revision = _converted_revision(repo)
            info = _api().model_info(repo, revision=revision, files_metadata=True)
        return Offer(repo, revision, str(info.sha), _licence(info, entry), tuple(_files(info)))


def pull(offer: Offer, *, bars: bool = False) -> Path:
    """Bring the files of an offer, going on where an earlier try stopped; return the folder.

    `bars` has the hub's library draw its progress on standard error. Raises ModelError when a file is not what the hub says it is or the model
    is of no family we know, OutputError when there is no room.
    """
    folder = folder_of(offer.repo)
    _make_room(folder, offer)
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "0" if bars else "1"
    for file in offer.files:
        if not _is_whole(folder / file.name, file):
            _bring(offer, file, folder)
    _write_note(offer, folder)
    return folder


def _bring(offer: Offer, file: RemoteFile, folder: Path) -> None:
    """Bring one file under another name, going on where that ends, and give it its own once it is whole."""
    part = folder / f"{file.name}.part"
    with _said(offer.repo):
        from huggingface_hub import hf_hub_url
        from huggingface_hub.file_download import http_get
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

        # Not hf_hub_download: since its second version it throws away what an interrupted run had brought.
        url = hf_hub_url(offer.repo, file.name, revision=offer.commit, endpoint=_endpoint())
        with part.open("ab") as stream:
            here = stream.tell() if stream.tell() <= file.size else stream.truncate(0)
            headers = build_hf_headers(library_name="comsum")
            http_get(url, stream, resume_size=here, headers=headers, expected_size=file.size)
    if not _is_whole(part, file):
        part.unlink()
        raise ModelError(f"{offer.repo}: {file.name} came damaged and was deleted; pull again")
    part.replace(folder / file.name)


def _write_note(offer: Offer, folder: Path) -> None:
    """The note says that everything is here; it is written last, so that half a model is never used."""
    entry = entry_of(offer.repo)
    family = entry.family if entry else _family(folder)
    note = {
        "repo": offer.repo,
        "revision": offer.revision,
        "commit": offer.commit,
        "licence": offer.licence,
        "family": family,
        "tasks": [entry.task if entry else "translate"],
        "sha256": digest_of(weight_files(folder)),
    }
    (folder / NOTE).write_text(json.dumps(note, indent=2) + "\n", encoding="utf-8")


def _family(folder: Path) -> str:
    def told(name: str) -> dict[str, Any]:
        path = folder / name
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    config = told("config.json")
    family = family_of(config, told("tokenizer_config.json"))
    if family is None:
        raise ModelError(f"{folder}: models of type {config.get('model_type')!r} are not supported yet; delete it")
    return family.name


def _endpoint() -> str | None:
    return os.environ.get("HF_ENDPOINT")


def _api() -> Any:
    from huggingface_hub import HfApi

    return HfApi(endpoint=_endpoint(), library_name="comsum")


@contextmanager
def _said(name: str) -> Iterator[None]:
    """Turn what the hub's library raises into one line."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import errors

    try:
        yield
    except ModelError:
        raise
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        raise ModelError(f"{name}: there is no such model on the hub, or it is private") from error
    except errors.GatedRepoError as error:
        raise ModelError(f"{name}: its owner asks for consent first; accept on its page and set HF_TOKEN") from error
    except OSError as error:  # the library's own errors of transport, and the disk's
        if error.errno is not None and error.errno in _DISK:
            raise OutputError(f"{folder_of(name)}: {error.strerror}; make room and pull again, it goes on") from error
        raise ModelError(f"{name}: the download failed ({_short(error)}); pull again, it goes on") from error
    except Exception as error:
        if type(error).__module__.split(".")[0] in {"httpx", "httpcore", "httpx2", "httpcore2", "huggingface_hub"}:
            raise ModelError(f"{name}: the download failed ({_short(error)}); pull again, it goes on") from error
        raise


_DISK = frozenset({28, 30, 122, 13})  # no space, read-only, quota, no permission


def _short(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:160]


def _has_weights(info: Any) -> bool:
    return any(file.rfilename.endswith(".safetensors") for file in info.siblings or [])


def _converted_revision(repo: str) -> str:
    for discussion in _api().get_repo_discussions(repo, author=_BOT, discussion_type="pull_request"):
        if discussion.status == "open" and "safetensors" in discussion.title.lower():
            return str(discussion.git_reference)
    raise ModelError(
        f"{repo}: its weights are a pickle only, which comsum never opens; convert it to safetensors on a machine "
        "you can lose, and give its folder as --model"
    )


def _licence(info: Any, entry: Entry | None) -> str:
    told = getattr(info.card_data, "license", None) if info.card_data else None
    return str(told) if told else entry.licence if entry else "unknown"


def _files(info: Any) -> Iterator[RemoteFile]:
    """The files that a model needs: configuration, tokenizer, weights; nothing in subfolders, nothing that runs."""
    for file in info.siblings or []:
        name = str(file.rfilename)
        if "/" in name or not name.endswith(_WANTED) or name.startswith("."):
            continue
        lfs = file.lfs
        yield RemoteFile(name, int(file.size or 0), lfs.sha256 if lfs else None, None if lfs else file.blob_id)


def _is_whole(path: Path, file: RemoteFile) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    if file.sha256:
        return sha256_of(path) == file.sha256
    return file.blob is None or _git_blob(path) == file.blob


def _git_blob(path: Path) -> str:
    """The name that git gives a file's content."""
    content = path.read_bytes()
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()


def _make_room(folder: Path, offer: Offer) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; COMSUM_MODELS names another place for models") from error
    here = sum(path.stat().st_size for path in _present(folder, offer.files))
    free = shutil.disk_usage(folder).free
    if offer.size - here + _SPARE_BYTES > free:
        need = (offer.size - here) / 1e6
        raise OutputError(
            f"{folder}: {need:.0f} MB to bring and {free / 1e6:.0f} MB free; COMSUM_MODELS names another place"
        )


def _present(folder: Path, files: Sequence[RemoteFile]) -> Iterator[Path]:
    for file in files:
        if (folder / file.name).is_file():
            yield folder / file.name
