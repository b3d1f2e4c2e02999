"""The bundled segmenter: a small network trained from scratch. Only `adapter` is imported by the product."""
