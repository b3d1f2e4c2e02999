"""`python -m onnx_export pocket WEIGHTS FOLDER` exports the bundled network and proves that it is equal;
`python -m onnx_export segmenter --family F --checkpoint PATH --name NAME --out FOLDER` a published one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from onnx_export.exporter import export_graph, export_named_graph
from onnx_export.linked_weights import link_weights
from onnx_export.manifest import sha256_of, write_manifest
from onnx_export.parity import ParityRow, check_parity
from onnx_export.pocket import WEIGHTS, graph_specs, pocket_facts
from onnx_export.segmenter import export_segmenter
from segmentation.checkpoints.hashing import sha256_of as checkpoint_sha256_of
from segmentation.errors import SegmentationError
from segmentation.segmenters.families import FAMILIES
from segmentation.segmenters.families import load_network as load_published
from segmentation.segmenters.pocket.config import LONGEST_SIDE
from segmentation.segmenters.pocket.network import PocketNetwork, load_network


class NotEqual(RuntimeError):
    def __init__(self, rows: list[ParityRow]) -> None:
        super().__init__(f"The exported graphs differ from torch: {rows}. They must not ship.")


def export_pocket(network: PocketNetwork, folder: Path, *, longest_side: int) -> list[ParityRow]:
    """Graphs and manifest into a folder that already holds the weights. Raises NotEqual."""
    encoder, *others = specs = graph_specs(network)
    export_named_graph(encoder, folder / "encoder.onnx")
    link_weights(folder / "encoder.onnx", folder / WEIGHTS)
    for spec in others:
        export_graph(spec, folder / f"{spec.name}.onnx")
    rows = check_parity(network, folder)
    if not all(row.is_equal for row in rows):
        raise NotEqual([row for row in rows if not row.is_equal])
    facts = pocket_facts(network, checkpoint_sha256=sha256_of(folder / WEIGHTS), longest_side=longest_side)
    write_manifest(folder, facts, specs)
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Ends the process with status 1 and a sentence on stderr where an export fails."""
    parser = argparse.ArgumentParser(prog="python -m onnx_export", description=__doc__)
    commands = parser.add_subparsers(required=True)
    _add_pocket(commands.add_parser("pocket", help="the bundled network"))
    _add_segmenter(commands.add_parser("segmenter", help="a published checkpoint"))
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except SegmentationError as error:
        sys.exit(error.message)


def _add_pocket(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("weights", type=Path, help="safetensors file of a training run")
    parser.add_argument("folder", type=Path, help="where the files that ship are written")
    parser.add_argument("--longest-side", type=int, default=LONGEST_SIDE)
    parser.add_argument("--parity", type=Path, help="write the parity table to this JSON file")
    parser.set_defaults(run=_run_pocket)


def _run_pocket(options: argparse.Namespace) -> None:
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.weights.resolve() != (options.folder / WEIGHTS).resolve():
        shutil.copyfile(options.weights, options.folder / WEIGHTS)
    network = load_network(options.folder / WEIGHTS)
    rows = export_pocket(network, options.folder, longest_side=options.longest_side)
    for row in rows:
        _say(f"{row.image:10} {row.prompt:22} logits {row.logits:.1e} iou {row.predicted_iou:.1e}")
    if options.parity:
        options.parity.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


def _add_segmenter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--family", required=True, help=", ".join(FAMILIES))
    parser.add_argument("--checkpoint", type=Path, required=True, help="file or folder as published")
    parser.add_argument("--checkpoint-sha256", help="where it is known already")
    parser.add_argument("--name", required=True, help="of the segmenter")
    parser.add_argument("--out", type=Path, required=True, help="folder, replaced as a whole")
    parser.set_defaults(run=_run_segmenter)


def _run_segmenter(options: argparse.Namespace) -> None:
    network = load_published(options.family, options.checkpoint)
    export_segmenter(
        network,
        options.out,
        name=options.name,
        checkpoint_sha256=options.checkpoint_sha256 or checkpoint_sha256_of(options.checkpoint),
        tell=_say,
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
