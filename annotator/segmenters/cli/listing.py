"""What `segmenters list` shows: what is here, then what can be pulled."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from annotator.segmenters.selectors import SegmenterSummary, list_segmenters
from segmentation.checkpoints.catalogue import PublishedCheckpoint, catalogue
from segmentation.embeddings.sizes import BYTES_A_VALUE
from segmentation.registry import INSTALLED_CODEC

HEADINGS = ("name", "family", "parameters", "input", "embedding", "licence", "present")


@dataclass(frozen=True)
class ListedSegmenter:
    """None: not known (yet)."""

    name: str
    title: str
    family: str
    parameters: int | None
    input_size: int | None
    embedding_bytes: int | None
    licence: str | None
    present: bool
    exported: bool
    gated: bool = False

    @property
    def state(self) -> str:
        if self.exported:
            return "yes"
        if self.present:
            return "not exported"
        return "no (gated)" if self.gated else "no"

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def list_all() -> list[ListedSegmenter]:
    """Installed ones first; what the catalogue knows of them fills gaps."""
    published = catalogue()
    present = [_installed(summary, published.get(summary.name)) for summary in list_segmenters()]
    names = {listed.name for listed in present}
    return present + [_published(entry) for name, entry in published.items() if name not in names]


def table(rows: Sequence[ListedSegmenter]) -> str:
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _cells(row: ListedSegmenter) -> tuple[str, ...]:
    return (
        row.name,
        row.family,
        f"{row.parameters / 1e6:.1f} M" if row.parameters else "-",
        str(row.input_size or "-"),
        f"{row.embedding_bytes / 1e6:.2f} MB" if row.embedding_bytes else "-",
        row.licence or "-",
        row.state,
    )


def _installed(summary: SegmenterSummary, published: PublishedCheckpoint | None) -> ListedSegmenter:
    return ListedSegmenter(
        name=summary.name,
        title=summary.title,
        family=summary.family,
        parameters=summary.parameters or (published.parameters if published else None),
        input_size=summary.input_size or (published.input_size if published else None),
        embedding_bytes=summary.embedding_bytes or (_embedding_bytes(published) if published else None),
        licence=summary.licence,
        present=True,
        exported=summary.exported,
    )


def _embedding_bytes(entry: PublishedCheckpoint) -> int | None:
    values = entry.embedding_values
    return None if values is None else round(values * BYTES_A_VALUE[INSTALLED_CODEC])


def _published(entry: PublishedCheckpoint) -> ListedSegmenter:
    return ListedSegmenter(
        name=entry.name,
        title=entry.title,
        family=entry.family,
        parameters=entry.parameters,
        input_size=entry.input_size,
        embedding_bytes=_embedding_bytes(entry),
        licence=entry.licence,
        present=False,
        exported=False,
        gated=entry.gated,
    )
