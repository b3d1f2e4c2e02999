"""SAM: Segment Anything with a plain ViT (Kirillov et al., 2023)."""
