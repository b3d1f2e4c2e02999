"""Checkpoints that others publish: what there is, how they get here, what is installed. Without torch."""
