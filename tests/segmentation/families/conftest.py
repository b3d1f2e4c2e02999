"""Published segmenters against official code. Without torch these tests cannot even be read."""

from __future__ import annotations

from importlib.util import find_spec

# They carry the mark `more`, which `make test-more` runs after it has installed torch.
collect_ignore_glob = [] if find_spec("torch") else ["test_*.py"]
