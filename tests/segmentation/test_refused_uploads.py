"""Files that cannot be shown: each gets one sentence that helps, and never a Python message."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import warnings
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from segmentation.imaging import (
    EmptyFile,
    ImageLimits,
    ImageTooLarge,
    NotAnImage,
    TruncatedImage,
    UnreadableImage,
    UnsupportedFormat,
    UnsupportedVariant,
    open_rendition,
    read_rgb,
)
from tests.segmentation.pictures import corners, encoded

LIMITS = ImageLimits(max_pixels=1_000_000, max_side=5_000)


def refusal(data: bytes, folder: Path, limits: ImageLimits = LIMITS) -> UnreadableImage:
    with pytest.raises(UnreadableImage) as caught:
        open_rendition(data, png_path=folder / "new.png", limits=limits)
    assert list(folder.iterdir()) == []
    assert_helps(caught.value.message)
    return caught.value


def assert_helps(message: str) -> None:
    assert message.startswith("The ")
    assert message.endswith(".")
    assert not any(sign in message for sign in ("Error", "<_io", "0x", "Traceback", "/", "'"))


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")


def png_claiming(width: int, height: int) -> bytes:
    data = zlib.compress(b"\x00" * 64)
    chunk = b"IDAT" + data
    return (
        png_header(width, height)
        + len(data).to_bytes(4, "big")
        + chunk
        + zlib.crc32(chunk).to_bytes(4, "big")
    )


def tiff_with_samples_per_pixel(count: int) -> bytes:
    entry = (277).to_bytes(2, "little") + b"\x03\x00\x01\x00\x00\x00"
    before, _, after = encoded(corners(), "TIFF").partition(entry)
    return before + entry + count.to_bytes(2, "little") + after[2:]


def test_an_empty_file(tmp_path: Path) -> None:
    assert isinstance(refusal(b"", tmp_path), EmptyFile)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"These are notes,\nnot a photo.\n", "text"),
        ("Grüße".encode() * 300, "text"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        (b"PK\x03\x04" + b"\x00" * 60, "a zip archive"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40, "a video"),
    ],
)
def test_what_is_no_image_is_named(data: bytes, kind: str, tmp_path: Path) -> None:
    error = refusal(data, tmp_path)
    assert isinstance(error, NotAnImage)
    assert error.message.startswith(f"The file is {kind}, not an image.")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "a HEIC photo"),
        (b"%PDF-1.7\n" + b"\x00" * 40, "a PDF document"),
        (b"8BPS\x00\x01" + b"\x00" * 40, "a Photoshop document"),
        (b"\x00" * 128 + b"DICM" + b"\x00" * 40, "a DICOM file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (encoded(corners(), "JPEG2000"), "a JPEG 2000 image"),
        (encoded(corners(), "AVIF"), "an AVIF image"),
        (encoded(corners(), "ICO"), "a Windows icon"),
        (encoded(corners(), "PPM"), "a Netpbm image"),
    ],
)
def test_other_picture_formats_are_refused_by_name(data: bytes, name: str, tmp_path: Path) -> None:
    error = refusal(data, tmp_path)
    assert isinstance(error, UnsupportedFormat)
    assert name in error.message


def test_bytes_without_a_meaning(tmp_path: Path) -> None:
    assert isinstance(refusal(bytes(range(128, 256)) * 4, tmp_path), NotAnImage)


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.97])
def test_files_cut_off_anywhere_are_refused_or_whole(format_name: str, share: float, tmp_path: Path) -> None:
    noise = Image.effect_noise((160, 120), 90).convert("RGB")
    data = encoded(noise, format_name)
    error = refusal(data[: int(len(data) * share)], tmp_path)
    assert isinstance(error, TruncatedImage | UnsupportedVariant)


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "BMP"])
def test_a_cut_off_file_is_called_so(format_name: str, tmp_path: Path) -> None:
    data = encoded(Image.effect_noise((160, 120), 90).convert("RGB"), format_name)
    error = refusal(data[: len(data) // 2], tmp_path)
    assert isinstance(error, TruncatedImage)
    assert format_name in error.message


@pytest.mark.parametrize(
    ("width", "height"),
    [(65_535, 10), (10, 65_535), (2_000, 2_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)],
)
def test_images_beyond_the_limits_are_not_decoded(width: int, height: int, tmp_path: Path) -> None:
    error = refusal(png_claiming(width, height), tmp_path)
    assert isinstance(error, ImageTooLarge)
    assert "Scale it down" in error.message


def test_the_sentence_names_size_and_limits(tmp_path: Path) -> None:
    message = refusal(encoded(Image.new("1", (65_535, 3)), "PNG"), tmp_path).message
    assert all(number in message for number in ("65535 x 3", "5000", "1 million"))


def test_an_image_at_the_limit_is_accepted(tmp_path: Path) -> None:
    data = encoded(Image.new("RGB", (40, 25)), "PNG")
    limits = ImageLimits(max_pixels=1000, max_side=40)
    assert open_rendition(data, png_path=tmp_path / "new.png", limits=limits).is_original


@pytest.mark.parametrize(("width", "height"), [(0, 0), (0, 5), (5, 0)])
def test_an_image_without_pixels(width: int, height: int, tmp_path: Path) -> None:
    refusal(png_claiming(width, height), tmp_path)


def test_a_png_with_wrong_checksums(tmp_path: Path) -> None:
    data = bytearray(encoded(corners(), "PNG"))
    data[30] ^= 0xFF
    assert isinstance(refusal(bytes(data), tmp_path), UnsupportedVariant)


def test_a_png_whose_pixels_are_damaged_is_refused_on_upload_and_later(tmp_path: Path) -> None:
    """Wrong from the middle on, with the right checksum: only decoding shows it."""
    data = bytearray(encoded(Image.effect_noise((64, 48), 90), "PNG"))
    start = data.index(b"IDAT")
    end = start + 4 + int.from_bytes(data[start - 4 : start], "big")
    middle = (start + end) // 2
    data[middle:end] = b"\xff" * (end - middle)
    data[end : end + 4] = zlib.crc32(data[start:end]).to_bytes(4, "big")
    assert isinstance(refusal(bytes(data), tmp_path), UnsupportedVariant)
    with pytest.raises(UnsupportedVariant):
        read_rgb(bytes(data))


@pytest.mark.parametrize(
    "ending", [b"", b"\x00\x00\x00\x08tEXtab", b"\x00\x00\x01\xf4tEXtComment\x00cut off"]
)
def test_damage_behind_the_pixels_of_a_png_never_matters(ending: bytes, tmp_path: Path) -> None:
    data = encoded(corners(), "PNG").partition(b"\x00\x00\x00\x00IEND")[0] + ending
    assert open_rendition(data, png_path=tmp_path / "new.png").is_original
    assert np.array_equal(read_rgb(data), np.asarray(corners()))


def test_a_small_file_cannot_claim_much_memory(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refusal(png_claiming(30_000, 30_000), tmp_path, ImageLimits())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


def test_nothing_leaks_to_the_console_or_the_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    tiff = bytearray(encoded(corners(), "TIFF", compression="tiff_lzw"))
    tiff[8:60] = bytes(52)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        refusal(bytes(tiff), tmp_path)
        refusal(encoded(Image.new("L", (1_100, 1_000)), "PNG"), tmp_path)
        refusal(tiff_with_samples_per_pixel(300), tmp_path)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_reading_pixels_refuses_in_the_same_words() -> None:
    with pytest.raises(TruncatedImage):
        read_rgb(encoded(Image.effect_noise((160, 120), 90), "PNG")[:900])


def test_a_missing_file_is_no_fault_of_the_annotator(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_rendition(tmp_path / "gone.png", png_path=tmp_path / "new.png")


ALLOWED = {"JPEG", "MPO", "PNG", "WEBP", "TIFF", "BMP", "GIF"}
READ_ALL = """
import json, resource, sys, time
from pathlib import Path
from segmentation.imaging import UnreadableImage, open_rendition
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
folder, target, answers = Path(sys.argv[1]), Path(sys.argv[2]), {}
for name in json.loads((folder / "manifest.json").read_text())["files"]:
    start = time.monotonic()
    try:
        open_rendition(folder / name, png_path=target)
        answers[name] = {"message": None}
    except UnreadableImage as error:
        answers[name] = {"message": error.message}
    answers[name]["seconds"] = time.monotonic() - start
print(json.dumps(answers))
"""


@pytest.mark.more
def test_odd_files_open_or_are_refused_with_a_sentence(shared_data: Path, tmp_path: Path) -> None:
    """Every odd file, in 2 GB of address space: no crash, no hang, no noise."""
    folder = shared_data / "odd_files"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READ_ALL, str(folder), str(tmp_path / "out.png")],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    answers: dict[str, dict[str, Any]] = json.loads(done.stdout)
    for name, facts in json.loads((folder / "manifest.json").read_text())["files"].items():
        message = answers[name]["message"]
        assert answers[name]["seconds"] < 10, name
        damaged_pixels = name == "pillow/broken_data_stream.png"  # "decodes" only at the second try
        if facts.get("decodes") and facts["format"] in ALLOWED and not damaged_pixels:
            assert message is None, (name, message)
        if message is not None:
            assert_helps(message)
