"""Exports a published segmenter: encoder, decoder graphs, manifest and parity report, all of them or none."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from onnx_export.decoders import decoder_specs
from onnx_export.encoder import encoder_spec
from onnx_export.exporter import GraphSpec, export_graph, export_large_graph
from onnx_export.manifest import facts_of, write_manifest
from onnx_export.segmenter_parity import HEADER, LOGITS_TOLERANCE, as_line, check_segmenter, write_report
from segmentation.errors import SegmentationError
from segmentation.segmenters.promptable import PromptableNetwork

Tell = Callable[[str], None]


class NotEqual(SegmentationError):
    code: ClassVar[str] = "export_not_equal"


def export_segmenter(
    network: PromptableNetwork, folder: Path, *, name: str, checkpoint_sha256: str, tell: Tell
) -> None:
    """Everything into `folder`, in place of what lies there. Raises NotEqual; then nothing changes.

    `tell` gets a line for each step.
    """
    with replaced_folder(folder) as place:
        size = f"{network.parameters / 1e6:.1f} M parameters"
        tell(f"Exporting {name}: {network.family} {network.variant}, {size}")
        specs = [encoder_spec(network), *decoder_specs(network)]
        for spec in specs:
            _export(spec, place, tell)
        _check(network, place, tell)
        write_manifest(place, facts_of(network, name=name, checkpoint_sha256=checkpoint_sha256), specs)
    tell(f"Done: {folder}")


@contextlib.contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `folder` at the end, unless something was raised."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield place
        place.chmod(0o755)
        if folder.exists():
            old = place.with_name(f"{place.name}.old")
            folder.rename(old)
            place.rename(folder)
            shutil.rmtree(old)
        else:
            place.rename(folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _export(spec: GraphSpec, folder: Path, tell: Tell) -> None:
    path = folder / f"{spec.name}.onnx"
    if spec.name == "encoder":
        weights = export_large_graph(spec, path)
    else:
        export_graph(spec, path)
        weights = None
    size = path.stat().st_size + (weights.stat().st_size if weights else 0)
    tell(f"  {spec.name}: {size / 1e6:.1f} MB")


def _check(network: PromptableNetwork, folder: Path, tell: Tell) -> None:
    tell(f"Comparing with the network in torch (logits may differ by {LOGITS_TOLERANCE:.0e} of the largest)")
    tell(f"  {HEADER}")
    rows = []
    for row in check_segmenter(network, folder):
        rows.append(row)
        tell(f"  {as_line(row)}")
    write_report(folder, rows)
    wrong = [row for row in rows if not row.is_equal]
    if wrong:
        worst = max(wrong, key=lambda row: max(row.difference, row.predicted_iou))
        raise NotEqual(
            f"The exported graphs differ from the network in {len(wrong)} of {len(rows)} comparisons, "
            f"by {worst.difference:.1e} at most ({worst.image}, {worst.case}). "
            "They must not be used: please report it, with the versions of torch and onnxruntime."
        )
