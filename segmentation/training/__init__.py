"""Interactive training of segmenters from scratch; needs torch, which the product does not."""
