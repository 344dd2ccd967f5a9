"""Checkpoints, prompts, engines, and translation with them."""
