"""SAM-HQ: SAM with one more output token for finer masks (Ke et al., 2023)."""
