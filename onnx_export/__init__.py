"""Exports segmenters from torch to ONNX graphs with a manifest; nobody imports this package."""
