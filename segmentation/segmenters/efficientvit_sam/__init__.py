"""EfficientViT-SAM: SAM's decoder behind EfficientViT (Zhang et al., 2024)."""
