"""The untrained model: its architecture, and first weights from the counted lexicon.

The architecture is Marian (post-norm transformer, sinusoidal positions), the shape that Hugging Face and
CTranslate2 both know, with a decoder shallower than the encoder (decoding costs per token) and a decoder
vocabulary that is the English prefix of the shared one.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import GenerationConfig, MarianConfig, MarianMTModel

from comsum.training.vocabulary import BOS, EOS, PAD, RESERVED

EMBEDDING_NORM = 0.8
COUNTED_SHARE = 0.6  # of an English vector; the rest is random, which keeps near-synonyms apart


def new_model(
    source_size: int, target_size: int, *, width: int = 384, encoder: int = 6, decoder: int = 3
) -> MarianMTModel:
    """Build a Marian model with random weights. Sizes in pieces, `width` in units, depths in layers."""
    pad, eos, bos = (RESERVED.index(token) for token in (PAD, EOS, BOS))
    config = MarianConfig(
        vocab_size=source_size,
        decoder_vocab_size=target_size,
        share_encoder_decoder_embeddings=False,
        tie_word_embeddings=True,
        d_model=width,
        encoder_layers=encoder,
        decoder_layers=decoder,
        encoder_attention_heads=width // 64,
        decoder_attention_heads=width // 64,
        encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width,
        activation_function="relu",
        dropout=0.0,
        scale_embedding=True,
        max_position_embeddings=512,
        pad_token_id=pad,
        eos_token_id=eos,
        bos_token_id=bos,
        decoder_start_token_id=bos,
        forced_eos_token_id=None,
    )
    model = MarianMTModel(config)
    model.generation_config = GenerationConfig(
        pad_token_id=pad, eos_token_id=eos, bos_token_id=bos, decoder_start_token_id=bos, num_beams=4
    )
    return model


def seed_from_counts(model: MarianMTModel, table: Tensor, neighbours: Tensor, frequency: Tensor) -> None:
    """Set first weights so that the model begins as a word-by-word translator.

    `table` is t(target | source), (source_size, target_size); `neighbours` the unit vectors of English pieces,
    (target_size, width); `frequency` the counts of English pieces, (target_size,). A French piece starts as the
    mean of its translations, and the last cross-attention passes what it looks at straight to the output.
    """
    torch.manual_seed(2)
    normalize = nn.functional.normalize
    english = COUNTED_SHARE * neighbours + (1 - COUNTED_SHARE) * normalize(torch.randn_like(neighbours), dim=1)
    english = EMBEDDING_NORM * normalize(english, dim=1)
    french = EMBEDDING_NORM * normalize(table @ english + 0.02 * torch.randn(len(table), english.shape[1]), dim=1)
    french[: len(RESERVED)] = english[: len(RESERVED)]
    with torch.no_grad():
        model.get_encoder().embed_tokens.weight.copy_(french)
        model.get_decoder().embed_tokens.weight.copy_(english)
        model.get_encoder().embed_tokens.weight[0] = 0
        model.get_decoder().embed_tokens.weight[0] = 0
        share = (frequency + 0.1) / (frequency + 0.1).sum()
        model.final_logits_bias.copy_(0.5 * share.log()[None])
        last = model.get_decoder().layers[-1].encoder_attn
        last.v_proj.weight.copy_(torch.eye(english.shape[1]))
        last.out_proj.weight.copy_(1.5 * torch.eye(english.shape[1]))
