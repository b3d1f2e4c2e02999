"""Pixels, prompts, masks and weights. Knows no project, user or Image row."""
