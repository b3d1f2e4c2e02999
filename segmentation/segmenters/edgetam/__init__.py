"""EdgeTAM (Zhou et al. 2025): the decoder of SAM 2 behind a RepViT encoder."""
