"""MobileSAM: SAM's decoder behind TinyViT (Zhang et al., 2023)."""
