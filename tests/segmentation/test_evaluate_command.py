"""`manage.py evaluate_segmenter` on a folder of two photos and a COCO file."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from segmentation import registry
from segmentation.masks import encode
from tests.segmentation.fake_segmenter import spec_in

SIZE = (24, 32)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A segmenter that finds what is bright, photos with one bright rectangle, and their truth."""
    monkeypatch.setitem(registry._SPECS, "scripted", spec_in(tmp_path))
    images = tmp_path / "images"
    images.mkdir()
    (tmp_path / "coco.json").write_text(json.dumps(coco()))
    for name in ("first.png", "second.png"):
        pixels = np.zeros((*SIZE, 3), np.uint8)
        pixels[4:14, 6:26] = 255
        Image.fromarray(pixels).save(images / name)
    return tmp_path


def coco() -> dict[str, Any]:
    bright = np.zeros(SIZE, bool)
    bright[4:14, 6:26] = True
    half = bright.copy()
    half[:, 16:] = False
    rle = encode(bright)
    return {
        "images": [
            {"id": 1, "file_name": "sub/folder/first.png", "height": SIZE[0], "width": SIZE[1]},
            {"id": 2, "file_name": "second.png", "height": SIZE[0], "width": SIZE[1]},
        ],
        "annotations": [
            {"id": 10, "image_id": 2, "segmentation": rle.to_coco()},
            {"id": 11, "image_id": 1, "segmentation": {"size": list(SIZE), "counts": rle.counts.tolist()}},
            {"id": 12, "image_id": 1, "segmentation": [[6, 4, 26, 4, 26, 14, 6, 14]]},
            {"id": 13, "image_id": 1, "segmentation": encode(half).to_coco()},
            {"id": 14, "image_id": 1, "segmentation": encode(~bright).to_coco(), "iscrowd": 1},
            {"id": 15, "image_id": 2, "segmentation": encode(np.zeros(SIZE, bool)).to_coco()},
        ],
    }


def run(
    folder: Path, *options: str, name: str = "scripted", stdout: io.StringIO | None = None
) -> dict[str, Any]:
    out = folder / "figures.json"
    call_command(
        "evaluate_segmenter",
        name,
        "--images",
        str(folder / "images"),
        "--annotations",
        str(folder / "coco.json"),
        "--json",
        str(out),
        *options,
        stdout=stdout or io.StringIO(),
    )
    figures: dict[str, Any] = json.loads(out.read_text())
    return figures


def change(folder: Path, **changes: Any) -> None:
    (folder / "coco.json").write_text(json.dumps(coco() | changes))


def test_figures_of_all_objects_but_crowds_and_empty_ones(folder: Path) -> None:
    figures = run(folder, "--clicks", "20", "--per-object")
    ious = {row["annotation_id"]: row["click_ious"][0] for row in figures["per_object"]}
    assert ious == {11: 1.0, 12: 1.0, 13: 0.5, 10: 1.0}
    assert figures["miou_at"] == dict.fromkeys(("1", "3", "5", "10", "20"), 0.875)
    assert figures["noc"] == {"85": (3 + 20) / 4, "90": (3 + 20) / 4}
    assert (figures["objects"], figures["images"], figures["miou_box"]) == (4, 2, 0.875)
    assert figures["segmenter"] == "scripted"


def test_progress_goes_to_stderr_and_a_table_to_stdout(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = io.StringIO()
    paths = ["--images", str(folder / "images"), "--annotations", str(folder / "coco.json")]
    call_command("evaluate_segmenter", "scripted", *paths, "--clicks", "1", stdout=table)
    assert "4 of 4 objects" in capsys.readouterr().err
    assert "mIoU@1   0.875" in table.getvalue()


@pytest.fixture
def small_object(folder: Path) -> Path:
    """One photo with a small object, whose right half alone is wanted, and a manifest with a closer look."""
    manifest = json.loads((folder / "manifest.json").read_text())
    rule = {"closer_look": {"from_point": 3, "margin": 2.0}}
    (folder / "manifest.json").write_text(json.dumps(manifest | rule))
    pixels = np.zeros((200, 300, 3), np.uint8)
    pixels[80:100, 60:90] = 255
    Image.fromarray(pixels).save(folder / "images" / "first.png")
    right_half = np.zeros((200, 300), bool)
    right_half[80:100, 75:90] = True
    rle = encode(right_half).to_coco()
    image = {"id": 1, "file_name": "first.png", "height": 200, "width": 300}
    change(folder, images=[image], annotations=[{"id": 1, "image_id": 1, "segmentation": rle}])
    return folder


def test_corrections_are_answered_as_the_manifest_says(small_object: Path) -> None:
    table = io.StringIO()
    figures = run(small_object, "--clicks", "5", stdout=table)
    closer = figures["closer_look"]
    assert (closer["from_point"], closer["margin"], closer["parts"]) == (3, 2.0, 1)
    assert "from point 3 on answered from a closer look (margin 2): 1 part, " in table.getvalue()


def test_the_whole_image_alone_where_it_is_asked_for(small_object: Path) -> None:
    table = io.StringIO()
    figures = run(small_object, "--clicks", "5", "--whole-image", stdout=table)
    assert figures["closer_look"] is None
    assert "answered from the whole image" in table.getvalue()


def test_a_manifest_without_a_closer_look_asks_the_whole_image(folder: Path) -> None:
    assert run(folder, "--clicks", "5")["closer_look"] is None


def test_limit_and_area_choose_objects(folder: Path) -> None:
    assert run(folder, "--clicks", "1", "--limit", "2")["objects"] == 2
    assert run(folder, "--clicks", "1", "--min-area-fraction", "0.2")["objects"] == 3


@pytest.mark.parametrize("content", ["10\n13\n", "[10, 13]", '{"images": [{"annotation_ids": [10, 13]}]}'])
def test_annotation_ids_choose_objects(folder: Path, content: str) -> None:
    (folder / "ids").write_text(content)
    figures = run(folder, "--clicks", "1", "--annotation-ids", str(folder / "ids"), "--per-object")
    assert [row["annotation_id"] for row in figures["per_object"]] == [13, 10]


def test_an_unknown_segmenter_lists_the_known_ones(folder: Path) -> None:
    with pytest.raises(CommandError, match=r'no segmenter "nonsense".*pocket'):
        run(folder, name="nonsense")


def test_a_missing_image_is_named(folder: Path) -> None:
    (folder / "images" / "second.png").unlink()
    with pytest.raises(CommandError, match=r"second\.png is not in .*images"):
        run(folder)


def test_a_broken_image_is_told_in_plain_words(folder: Path) -> None:
    (folder / "images" / "second.png").write_text("no image")
    with pytest.raises(CommandError, match=r"second\.png: The file is text, not an image"):
        run(folder)


def test_a_missing_annotation_file_is_named(folder: Path) -> None:
    (folder / "coco.json").unlink()
    with pytest.raises(CommandError, match=r"coco\.json cannot be read"):
        run(folder)


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"images": 3, "annotations": []}', '{"images": [{}]}'])
def test_a_file_that_is_not_coco_is_refused(folder: Path, content: str) -> None:
    (folder / "coco.json").write_text(content)
    with pytest.raises(CommandError, match=r"coco\.json is not"):
        run(folder)


@pytest.mark.parametrize(
    "segmentation",
    [None, {}, {"size": [1, 2], "counts": "0"}, [[1, 2]], [5], {"size": [24, 32], "counts": "hello"}],
)
def test_a_broken_mask_names_its_annotation(folder: Path, segmentation: Any) -> None:
    change(folder, annotations=[{"id": 77, "image_id": 1, "segmentation": segmentation}])
    with pytest.raises(CommandError, match="Annotation 77"):
        run(folder)


def test_ids_that_are_not_in_the_file_are_named(folder: Path) -> None:
    (folder / "ids").write_text("10\n999\n")
    with pytest.raises(CommandError, match="999"):
        run(folder, "--annotation-ids", str(folder / "ids"))


def test_nothing_to_evaluate_is_an_error(folder: Path) -> None:
    change(folder, annotations=[])
    with pytest.raises(CommandError, match="no object"):
        run(folder)


@pytest.mark.parametrize("clicks", ["0", "-1", "two"])
def test_clicks_are_a_positive_number(folder: Path, clicks: str) -> None:
    with pytest.raises(CommandError, match="positive whole number"):
        run(folder, "--clicks", clicks)
