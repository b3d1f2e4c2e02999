"""The mask decoder of SAM and its descendants, restructured for one prompt at a time on a CPU; see docs/decoder.md."""
