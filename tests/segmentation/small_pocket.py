"""The network of `pocket` small enough for a test: every branch is there, a few channels wide."""

from segmentation.segmenters.pocket.config import PocketConfig

SMALL_POCKET = PocketConfig(
    channels=(8, 12, 16, 16),
    blocks=(1, 1, 1, 1),
    pyramid_channels=16,
    lateral_channels=8,
    embedding_channels=16,
    fine_channels=8,
    heads=2,
    trunk_channels=12,
    middle_channels=12,
    head_channels=8,
    iou_hidden=16,
)
