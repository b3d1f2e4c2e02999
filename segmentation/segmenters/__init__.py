"""One adapter per family of segmenters."""
