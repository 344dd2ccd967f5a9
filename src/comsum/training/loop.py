"""The training loop: the same on a CPU and on CUDA, resumable after every checkpoint.

Matrices inside the network are updated by Muon (Jordan et al. 2024; torch.optim.Muon), which learns from fewer
pairs than Adam; embeddings, norms and biases by AdamW, which can also take all. The learning rate warms up, stays, and falls to zero
over the last part ("trapezoid"), so that a run can be lengthened until its decay begins.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import MarianMTModel

from comsum.training.batches import Batch, batches
from comsum.training.lexicon import alignment
from comsum.training.pack import Packed

Say = Callable[[str], None]


@dataclass(frozen=True)
class Settings:
    """What a run is steered by. Lengths of phases in steps, `tokens` per batch and side, `minutes` of wall time.

    Muon multiplies in bfloat16: on a processor without it that is a third of each step, and when a trained model
    goes on for a short while, `optimizer` "adamw" gets further.
    """

    steps: int = 10_000
    tokens: int = 4096
    rate: float = 2e-3
    optimizer: str = "muon"
    warmup: int = 200
    decay: float = 0.3
    smoothing: float = 0.1
    clip: float = 1.0
    guide_steps: int = 3000
    minutes: float = math.inf
    save_minutes: float = 5.0
    report_every: int = 25
    keep: int = 4

    def rate_at(self, step: int, minutes: float = 0.0) -> float:
        """Learning rate as a share of `rate`: linear warm-up, plateau, linear decay to zero.

        The decay ends with the steps or with the minutes, whichever is nearer.
        """
        done = max(step / self.steps, minutes / self.minutes)
        return max(0.0, min(1.0, (step + 1) / self.warmup, (1.0 - done) / self.decay))

    def guide_at(self, step: int) -> float:
        """Weight of the alignment loss, falling from one to zero over `guide_steps`."""
        return max(0.0, 1.0 - step / self.guide_steps) if self.guide_steps else 0.0


@dataclass
class Progress:
    """Where a run stands; stored beside its weights."""

    step: int = 0
    pairs: int = 0
    tokens: int = 0
    seconds: float = 0.0
    epoch: int = 0
    best_loss: float = math.inf


class Trainer:
    """Trains one model; `run` returns when the steps, the minutes or the patience of the caller are over."""

    def __init__(self, model: MarianMTModel, folder: Path, settings: Settings, table: Tensor | None = None) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = model.to(self.device)
        self.folder = folder
        self.settings = settings
        self.table = table.to(self.device) if table is not None else None
        self.progress = Progress()
        self._minutes = 0.0
        self.optimizers = _optimizers(model, settings)
        self._guide = _GuidedAttention(model)
        folder.mkdir(parents=True, exist_ok=True)

    def resume(self) -> bool:
        """Load the last checkpoint of the folder, if there is one; tell whether there was."""
        state_path = self.folder / "last.json"
        if not state_path.exists():
            return False
        self.progress = Progress(**json.loads(state_path.read_text()))
        load_weights(self.model, self.folder / "last.safetensors")
        states = torch.load(self.folder / "last.optimizer.pt", weights_only=True, map_location=self.device)
        for optimizer, state in zip(self.optimizers, states, strict=True):
            optimizer.load_state_dict(state)
            for group in optimizer.param_groups:
                group["base"] = self.settings.rate  # a resumed run may ask for another rate
        return True

    def run(self, train: Packed, development: Packed, say: Say = lambda line: print(line, file=sys.stderr)) -> Progress:
        """Train until the settings say stop, saving on the way and at the end."""
        started = saved = time.monotonic()
        self._minutes = 0.0
        before, window = self.progress.seconds, _Window()
        for batch in self._stream(train):
            window.add(self._step(batch), batch)
            now = time.monotonic()
            self.progress.seconds = before + now - started
            self._minutes = (now - started) / 60
            if self.progress.step % self.settings.report_every == 0:
                say(window.line(self.progress, self.settings))
                window = _Window()
            over = self.progress.step >= self.settings.steps or self._minutes > self.settings.minutes
            if over or now - saved > 60 * self.settings.save_minutes:
                loss = self.development_loss(development)
                say(f"step {self.progress.step}  development loss {loss:.3f} per token")
                self.save(loss)
                saved = time.monotonic()
            if over:
                break
        return self.progress

    def _stream(self, train: Packed) -> Iterator[Batch]:
        while True:
            seed = self.progress.epoch * 1_000_003 + self.progress.step
            yield from batches(train, tokens=self.settings.tokens, seed=seed)
            self.progress.epoch += 1

    def _step(self, batch: Batch) -> float:
        step, settings = self.progress.step, self.settings
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * settings.rate_at(step, self._minutes)
        loss, guide = self.loss(batch, smoothing=settings.smoothing, guide=settings.guide_at(step))
        torch.autograd.backward(loss + guide)
        nn.utils.clip_grad_norm_(self.model.parameters(), settings.clip)
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.pairs += len(batch.source)
        self.progress.tokens += int((batch.target != 0).sum())
        return float(loss.detach())

    def loss(self, batch: Batch, *, smoothing: float = 0.0, guide: float = 0.0) -> tuple[Tensor, Tensor]:
        """Cross-entropy per target token, and the weighted loss of attention against the counted alignment."""
        source, target = batch.source.to(self.device), batch.target.to(self.device)
        start = torch.full_like(target[:, :1], self.model.config.decoder_start_token_id)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=_bfloat16_is_fast(self.device)):
            states = self.model.model(
                input_ids=source,
                attention_mask=(source != 0).long(),
                decoder_input_ids=torch.cat([start, target[:, :-1]], 1),
                use_cache=False,
            ).last_hidden_state
            real = target != 0
            # One fused product: adding the bias apart would copy the largest tensor of the step.
            bias = self.model.final_logits_bias[0]
            logits = nn.functional.linear(states[real], self.model.lm_head.weight, bias)
        loss = nn.functional.cross_entropy(logits.float(), target[real], label_smoothing=smoothing)
        if not guide or self.table is None:
            return loss, loss.new_zeros(())
        wanted = alignment(self.table, source, target)
        return loss, guide * self._guide.loss(wanted, source != 0, real)

    @torch.no_grad()
    def development_loss(self, packed: Packed) -> float:
        """Cross-entropy per token on held-out pairs, without smoothing."""
        total = count = 0.0
        for batch in batches(packed, tokens=self.settings.tokens, shuffle=False):
            size = float((batch.target != 0).sum())
            total += float(self.loss(batch)[0]) * size
            count += size
        return total / max(1.0, count)

    def save(self, loss: float) -> None:
        """Write the last checkpoint, a snapshot for averaging and, when it is the best so far, the best."""
        best = loss < self.progress.best_loss
        self.progress.best_loss = min(loss, self.progress.best_loss)
        names = ["last", f"snap-{self.progress.step:07d}", *(["best"] if best else [])]
        weights = {name: tensor.contiguous() for name, tensor in self.model.state_dict().items()}
        weights.pop("lm_head.weight", None)
        for name in names:
            _replace(self.folder / f"{name}.safetensors", lambda path: save_file(weights, path))
        states = [optimizer.state_dict() for optimizer in self.optimizers]
        _replace(self.folder / "last.optimizer.pt", lambda path: torch.save(states, path))
        _replace(self.folder / "last.json", lambda path: path.write_text(json.dumps(asdict(self.progress))))
        for old in sorted(self.folder.glob("snap-*.safetensors"))[: -self.settings.keep]:
            old.unlink()


def load_weights(model: MarianMTModel, path: Path) -> None:
    """Load weights saved by `Trainer.save` (the output layer shares the decoder's embeddings)."""
    weights = load_file(path)
    weights["lm_head.weight"] = weights["model.decoder.embed_tokens.weight"]
    model.load_state_dict(weights)


def average(paths: list[Path]) -> dict[str, Tensor]:
    """Mean of the weights of several checkpoints of one run."""
    stacks = [load_file(path) for path in paths]
    return {name: torch.stack([stack[name].float() for stack in stacks]).mean(0) for name in stacks[0]}


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    temporary = path.with_suffix(path.suffix + ".tmp")
    write(temporary)
    temporary.replace(path)


def _optimizers(model: MarianMTModel, settings: Settings) -> list[torch.optim.Optimizer]:
    rate, by_muon = settings.rate, settings.optimizer == "muon"
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        (matrices if by_muon and parameter.ndim == 2 and "embed" not in name else others).append(parameter)
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    ]
    if matrices:
        muon = torch.optim.Muon(matrices, lr=rate, weight_decay=0.0, momentum=0.95, adjust_lr_fn="match_rms_adamw")
        optimizers.insert(0, muon)
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["base"] = rate
    return optimizers


def _bfloat16_is_fast(device: torch.device) -> bool:
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return bool(getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)())


class _GuidedAttention:
    """Watches the last cross-attention and compares it with an alignment (Chen et al. 2016)."""

    def __init__(self, model: MarianMTModel) -> None:
        self._layer = model.get_decoder().layers[-1].encoder_attn
        self._seen: tuple[Tensor, Tensor] | None = None
        self._layer.register_forward_pre_hook(self._watch, with_kwargs=True)

    def _watch(self, _: nn.Module, args: tuple[Tensor, ...], kwargs: dict[str, Tensor]) -> None:
        queries = kwargs["hidden_states"] if "hidden_states" in kwargs else args[0]
        self._seen = queries, kwargs["key_value_states"]

    def loss(self, wanted: Tensor, source_mask: Tensor, target_mask: Tensor) -> Tensor:
        """Cross-entropy of the mean attention of all heads (batch, target, source) against `wanted`."""
        assert self._seen is not None
        queries, keys = self._seen
        heads, size = self._layer.num_heads, self._layer.head_dim
        with torch.autocast(queries.device.type, torch.bfloat16, enabled=_bfloat16_is_fast(queries.device)):
            query = self._layer.q_proj(queries).unflatten(-1, (heads, size)).transpose(1, 2)
            key = self._layer.k_proj(keys).unflatten(-1, (heads, size)).transpose(1, 2)
            scores = query @ key.transpose(-1, -2) * self._layer.scaling
        scores = scores.float().masked_fill(~source_mask[:, None, None, :], -1e9)
        attention = scores.softmax(-1).mean(1)
        losses = -(wanted * (attention + 1e-6).log()).sum(-1)
        mean: Tensor = (losses * target_mask).sum() / target_mask.sum()
        return mean


class _Window:
    """Sums since the last progress line."""

    def __init__(self) -> None:
        self.losses: list[float] = []
        self.tokens = 0
        self.started = time.monotonic()

    def add(self, loss: float, batch: Batch) -> None:
        self.losses.append(loss)
        self.tokens += int((batch.target != 0).sum())

    def line(self, progress: Progress, settings: Settings) -> str:
        passed = max(1e-9, time.monotonic() - self.started)
        left = (settings.steps - progress.step) * passed / len(self.losses)
        return (
            f"step {progress.step}/{settings.steps}  loss {sum(self.losses) / len(self.losses):.3f}  "
            f"{self.tokens / passed:.0f} tokens/s  {progress.pairs} pairs  {left / 60:.0f} min left"
        )
