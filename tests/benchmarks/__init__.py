"""Measurements. Each module has `measure() -> {key: figure}` and is run by `make bench-NAME`."""
