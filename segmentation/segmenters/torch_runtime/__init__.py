"""Encoding in torch, from a published checkpoint: on GPUs, and on CPUs that multiply in bfloat16."""
