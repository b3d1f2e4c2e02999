"""`python -m onnx_export WEIGHTS FOLDER`: exports the pocket network and proves that it is equal."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from onnx_export.exporter import export_graph
from onnx_export.half_weights import round_to_half, store_as_half
from onnx_export.manifest import WEIGHTS, write_manifest
from onnx_export.parity import ParityRow, check_parity
from onnx_export.pocket import embedding_tensors, graph_specs
from segmentation.segmenters.pocket.config import LONGEST_SIDE
from segmentation.segmenters.pocket.folding import folded
from segmentation.segmenters.pocket.network import PocketNetwork, load_network


class NotEqual(RuntimeError):
    def __init__(self, rows: list[ParityRow]) -> None:
        super().__init__(f"The exported graphs differ from torch: {rows}. They must not ship.")


def export_pocket(network: PocketNetwork, folder: Path, *, longest_side: int) -> list[ParityRow]:
    """Graphs and manifest into a folder that already holds the weights. Raises NotEqual."""
    exported = folded(network)
    round_to_half(exported.encoder)
    specs = graph_specs(exported)
    for spec in specs:
        export_graph(spec, folder / f"{spec.name}.onnx")
    store_as_half(folder / "encoder.onnx")
    rows = check_parity(exported, folder)
    if not all(row.is_equal for row in rows):
        raise NotEqual([row for row in rows if not row.is_equal])
    write_manifest(
        folder,
        specs,
        config=network.config,
        embedding=embedding_tensors(network),
        longest_side=longest_side,
    )
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m onnx_export", description=__doc__)
    parser.add_argument("weights", type=Path, help="safetensors file of a training run")
    parser.add_argument("folder", type=Path, help="where the files that ship are written")
    parser.add_argument("--longest-side", type=int, default=LONGEST_SIDE)
    parser.add_argument("--parity", type=Path, help="write the parity table to this JSON file")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.weights.resolve() != (options.folder / WEIGHTS).resolve():
        shutil.copyfile(options.weights, options.folder / WEIGHTS)
    network = load_network(options.folder / WEIGHTS)
    rows = export_pocket(network, options.folder, longest_side=options.longest_side)
    for row in rows:
        sys.stdout.write(
            f"{row.image:10} {row.prompt:22} logits {row.logits:.1e} iou {row.predicted_iou:.1e}\n"
        )
    if options.parity:
        options.parity.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
