"""SAM 2 and 2.1 (Ravi et al. 2024): Hiera encoder, decoder with high-resolution features."""
