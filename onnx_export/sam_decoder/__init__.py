"""The mask decoder of SAM and its descendants, restructured for one prompt at a time; see docs/decoder.md."""
