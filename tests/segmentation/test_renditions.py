"""What annotators see of every kind of upload."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, PngImagePlugin

from segmentation.imaging import Rendition, open_rendition, read_rgb
from tests.segmentation.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    corners,
    encoded,
    gradient,
    red_and_green_swapped_profile,
    srgb_profile,
    stored_as,
)


def made(data: bytes, folder: Path) -> tuple[Rendition, NDArray[np.uint8]]:
    """The rendition, which must be a new PNG, and its pixels as a browser reads them."""
    rendition = open_rendition(data, png_path=folder / "rendition.png")
    assert not rendition.is_original
    assert rendition.media_type == "image/png"
    with Image.open(folder / "rendition.png") as png:
        assert (png.format, png.mode, png.size) == ("PNG", "RGB", (rendition.width, rendition.height))
        assert not {"icc_profile", "gamma", "exif", "transparency"} & png.info.keys()
        return rendition, np.array(png)


def assert_shows_corners(pixels: NDArray[np.uint8], tolerance: int = 0) -> None:
    height, width = pixels.shape[:2]
    seen = [pixels[y, x] for y in (4, height - 5) for x in (4, width - 5)]
    np.testing.assert_allclose(np.array(seen, int), [RED, GREEN, BLUE, WHITE], atol=tolerance)


@pytest.mark.parametrize(
    ("format_name", "media_type", "mode"),
    [
        ("JPEG", "image/jpeg", "RGB"),
        ("JPEG", "image/jpeg", "L"),
        ("PNG", "image/png", "RGB"),
        ("PNG", "image/png", "L"),
        ("PNG", "image/png", "P"),
        ("PNG", "image/png", "1"),
        ("WEBP", "image/webp", "RGB"),
    ],
)
def test_what_a_browser_shows_stays_as_it_is(
    format_name: str, media_type: str, mode: str, tmp_path: Path
) -> None:
    rendition = open_rendition(encoded(corners().convert(mode), format_name), png_path=tmp_path / "new.png")
    assert rendition.is_original
    assert (rendition.width, rendition.height, rendition.media_type) == (48, 32, media_type)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
def test_an_srgb_profile_is_no_reason_for_a_rendition(format_name: str, tmp_path: Path) -> None:
    data = encoded(corners(), format_name, icc_profile=srgb_profile())
    assert open_rendition(data, png_path=tmp_path / "new.png").is_original


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_every_orientation_is_turned_upright(format_name: str, orientation: int, tmp_path: Path) -> None:
    pixels, exif = stored_as(corners(), orientation)
    rendition, shown = made(encoded(pixels, format_name, exif=exif), tmp_path)
    assert (rendition.width, rendition.height) == (48, 32)
    assert_shows_corners(shown, tolerance=12)


@pytest.mark.parametrize("orientation", [0, 1, 9, 77])
def test_an_orientation_without_a_meaning_changes_nothing(orientation: int, tmp_path: Path) -> None:
    pixels, exif = stored_as(corners(), orientation)
    assert open_rendition(encoded(pixels, "JPEG", exif=exif), png_path=tmp_path / "new.png").is_original


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_foreign_colour_profile_is_converted_to_srgb(format_name: str, tmp_path: Path) -> None:
    options = {"lossless": True} if format_name == "WEBP" else {}
    data = encoded(corners(), format_name, icc_profile=red_and_green_swapped_profile(), **options)
    _, shown = made(data, tmp_path)
    swapped = shown[..., [1, 0, 2]]
    assert_shows_corners(np.ascontiguousarray(swapped), tolerance=8)


def test_a_damaged_colour_profile_is_ignored_as_browsers_do(tmp_path: Path) -> None:
    data = encoded(corners(), "JPEG", icc_profile=b"no profile at all" * 20)
    assert open_rendition(data, png_path=tmp_path / "new.png").is_original


@pytest.mark.parametrize("format_name", ["JPEG", "TIFF"])
def test_cmyk_is_not_shown_inverted(format_name: str, tmp_path: Path) -> None:
    _, shown = made(encoded(corners().convert("CMYK"), format_name), tmp_path)
    assert_shows_corners(shown, tolerance=12)


@pytest.mark.parametrize(
    ("mode", "format_name"), [("YCbCr", "TIFF"), ("LAB", "TIFF"), ("P", "TIFF"), ("P", "BMP"), ("P", "GIF")]
)
def test_other_colour_models_become_rgb(mode: str, format_name: str, tmp_path: Path) -> None:
    image = lab(corners()) if mode == "LAB" else corners().convert(mode)
    _, shown = made(encoded(image, format_name), tmp_path)
    assert_shows_corners(shown, tolerance=24)  # 8-bit LAB is coarse, palettes are dithered


def lab(image: Image.Image) -> Image.Image:
    converted = ImageCms.profileToProfile(
        image, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert converted is not None
    return converted


@pytest.mark.parametrize("format_name", ["BMP", "TIFF", "GIF"])
def test_one_bit_images_are_black_and_white(format_name: str, tmp_path: Path) -> None:
    data = encoded(Image.fromarray(np.eye(16, dtype=bool)), format_name)
    _, shown = made(data, tmp_path)
    assert np.array_equal(shown, np.repeat(np.eye(16, dtype=np.uint8)[..., None] * 255, 3, axis=2))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
@pytest.mark.parametrize("format_name", ["PNG", "WEBP", "TIFF"])
def test_transparency_becomes_white(mode: str, format_name: str, tmp_path: Path) -> None:
    image = Image.new("RGBA", (20, 10), (0, 0, 0, 255))
    image.paste((0, 0, 0, 0), (10, 0, 20, 10))
    image.paste((0, 0, 0, 128), (5, 0, 10, 10))
    options = {"lossless": True, "exact": True} if format_name == "WEBP" else {}
    _, shown = made(encoded(image.convert(mode), format_name, **options), tmp_path)
    assert shown[5, [2, 7, 15]].tolist() == [[0, 0, 0], [127, 127, 127], [255, 255, 255]]


@pytest.mark.parametrize(("mode", "transparent"), [("P", 0), ("L", 0), ("RGB", (0, 0, 0)), ("1", 0)])
def test_a_transparent_colour_becomes_white(
    mode: str, transparent: int | tuple[int, int, int], tmp_path: Path
) -> None:
    image = Image.new("RGB", (20, 10))
    image.paste(WHITE if mode == "1" else (120, 120, 120), (10, 0, 20, 10))
    palette = image.quantize(2) if mode == "P" else image.convert(mode)
    index = palette.getpixel((0, 0)) if mode == "P" else transparent
    _, shown = made(encoded(palette, "PNG", transparency=index), tmp_path)
    assert shown[5, 2].tolist() == list(WHITE)
    assert mode == "1" or shown[5, 15].tolist() == [120, 120, 120]


@pytest.mark.parametrize(
    ("dtype", "low", "high"),
    [(np.uint16, 100, 4195), (np.int32, -70_000, 300_000), (np.float32, -0.5, 1.5)],
)
def test_deep_tiffs_are_scaled_from_their_value_range(
    dtype: type, low: float, high: float, tmp_path: Path
) -> None:
    _, shown = made(encoded(Image.fromarray(gradient(dtype, low, high)), "TIFF"), tmp_path)
    np.testing.assert_allclose(shown[3, :, 0], np.linspace(0, 255, 64), atol=1)
    assert (shown[..., 0] == shown[..., 2]).all()


def test_big_endian_16_bit_tiff(tmp_path: Path) -> None:
    image = Image.frombytes("I;16B", (64, 16), gradient(">u2", 0, 65535).tobytes())
    _, shown = made(encoded(image, "TIFF"), tmp_path)
    np.testing.assert_allclose(shown[3, :, 0], np.linspace(0, 255, 64), atol=1)


def test_numbers_that_are_not_finite_do_not_spoil_the_range(tmp_path: Path) -> None:
    values = gradient(np.float32, 0, 1)
    values[0, :3] = [np.nan, np.inf, -np.inf]
    _, shown = made(encoded(Image.fromarray(values), "TIFF"), tmp_path)
    assert shown[0, :3, 0].tolist() == [0, 255, 0]
    np.testing.assert_allclose(shown[3, :, 0], np.linspace(0, 255, 64), atol=1)


@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_a_deep_image_of_one_value_opens(dtype: type, tmp_path: Path) -> None:
    _, shown = made(encoded(Image.fromarray(np.full((4, 5), 7, dtype)), "TIFF"), tmp_path)
    assert np.unique(shown).tolist() == [0]


@pytest.mark.parametrize("channels", [1, 3])
def test_16_bit_png_becomes_8_bit(channels: int, tmp_path: Path) -> None:
    values = gradient(np.uint16, 0, 65535)
    done, data = cv2.imencode(".png", values if channels == 1 else np.repeat(values[..., None], 3, axis=2))
    assert done
    _, shown = made(data.tobytes(), tmp_path)
    np.testing.assert_allclose(shown[3, :, 0], np.linspace(0, 255, 64), atol=1)


@pytest.mark.parametrize("format_name", ["GIF", "PNG", "WEBP", "TIFF"])
def test_of_an_animation_the_first_frame_is_shown(format_name: str, tmp_path: Path) -> None:
    options = {"lossless": True} if format_name == "WEBP" else {}
    frames = [Image.new("RGB", (24, 16), colour) for colour in (RED, GREEN, BLUE)]
    data = encoded(frames[0], format_name, save_all=True, append_images=frames[1:], **options)
    _, shown = made(data, tmp_path)
    assert np.unique(shown.reshape(-1, 3), axis=0).tolist() == [list(RED)]


def test_a_second_picture_behind_a_jpeg_does_not_matter(tmp_path: Path) -> None:
    data = encoded(corners(), "MPO", save_all=True, append_images=[corners()])
    rendition = open_rendition(data, png_path=tmp_path / "new.png")
    assert (rendition.is_original, rendition.media_type) == (True, "image/jpeg")


def test_the_gamma_of_a_png_is_applied_as_browsers_do(tmp_path: Path) -> None:
    linear = PngImagePlugin.PngInfo()
    linear.add(b"gAMA", (100_000).to_bytes(4, "big"))
    data = encoded(Image.new("RGB", (8, 8), (55, 55, 55)), "PNG", pnginfo=linear)
    _, shown = made(data, tmp_path)
    assert shown[4, 4].tolist() == [127, 127, 127]  # 255 * (55 / 255) ** (1 / 2.2)


def test_the_same_upload_gives_the_same_rendition_bytes(tmp_path: Path) -> None:
    data = encoded(corners(), "TIFF")
    made(data, tmp_path)
    first = (tmp_path / "rendition.png").read_bytes()
    made(data, tmp_path)
    assert (tmp_path / "rendition.png").read_bytes() == first


def test_a_rendition_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_written(image: Image.Image, path: Path, **options: object) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", half_written)
    data = io.BytesIO()
    data.write(cv2.imencode(".tif", np.zeros((4, 4, 3), np.uint8))[1].tobytes())
    with pytest.raises(OSError, match="No space"):
        open_rendition(data.getvalue(), png_path=tmp_path / "new.png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [(1000, 500), (40, 30), (3000, 2), (1, 1)])
@pytest.mark.parametrize("format_name", ["JPEG", "BMP"])
def test_thumbnails_fit_into_320_pixels(size: tuple[int, int], format_name: str, tmp_path: Path) -> None:
    rendition = open_rendition(
        encoded(Image.new("RGB", size, RED), format_name), png_path=tmp_path / "new.png"
    )
    scale = min(1, 320 / max(size))
    with Image.open(io.BytesIO(rendition.thumbnail)) as thumbnail:
        assert thumbnail.format == "JPEG"
        assert thumbnail.size == tuple(max(1, round(side * scale)) for side in size)
        np.testing.assert_allclose(np.asarray(thumbnail.convert("RGB"))[0, 0], RED, atol=6)


def test_the_segmenter_reads_the_pixels_that_are_shown(tmp_path: Path) -> None:
    pixels, exif = stored_as(corners(), 6)
    upload = encoded(pixels, "JPEG", exif=exif)
    _, shown = made(upload, tmp_path)
    assert np.array_equal(read_rgb(tmp_path / "rendition.png"), shown)
    assert np.array_equal(read_rgb(upload), shown)


def test_grey_and_palette_originals_are_read_as_rgb() -> None:
    for mode in ("L", "P", "1"):
        pixels = read_rgb(encoded(corners().convert(mode), "PNG"))
        assert pixels.shape == (32, 48, 3)
        assert pixels.dtype == np.uint8
