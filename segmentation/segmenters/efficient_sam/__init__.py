"""EfficientSAM: a small plain ViT and a changed SAM decoder (Xiong et al., 2023)."""
