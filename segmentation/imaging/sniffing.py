"""What a file is by its first bytes, to name what we refuse. Nothing is parsed here."""

from __future__ import annotations

HEAD_BYTES = 512

_BRANDS = {  # ISO base media files: the brand after "ftyp"
    b"heic": "a HEIC photo",
    b"heix": "a HEIC photo",
    b"heim": "a HEIC photo",
    b"hevc": "a HEIC photo",
    b"mif1": "a HEIF photo",
    b"msf1": "a HEIF photo",
    b"avif": "an AVIF image",
    b"avis": "an AVIF image",
    b"crx ": "a camera raw file",
    b"jxl ": "a JPEG XL image",
}

_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 image"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL image"),
    (b"\xff\x0a", "a JPEG XL image"),
    (b"8BPS", "a Photoshop document"),
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript document"),
    (b"\x00\x00\x01\x00", "a Windows icon"),
    (b"\x00\x00\x02\x00", "a Windows cursor"),
    (b"icns", "an Apple icon"),
    (b"DDS ", "a DirectDraw surface"),
    (b"qoif", "a QOI image"),
    (b"SIMPLE  =", "a FITS image"),
    (b"v/1\x01", "an OpenEXR image"),
    (b"#?RADIANCE", "a Radiance HDR image"),
    (b"gimp xcf", "a GIMP document"),
    (b"\xd7\xcd\xc6\x9a", "a Windows metafile"),
    (b"\x01\xda", "an SGI image"),
    (b"\x59\xa6\x6a\x95", "a Sun raster image"),
    (b"/* XPM */", "an XPM image"),
)

_NO_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89HDF", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1aE\xdf\xa3", "a video"),
)

_ALLOWED: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
)


def allowed_format_name(head: bytes) -> str | None:
    """Name of the accepted format that the file begins like; it may still be damaged."""
    return "WebP" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else _name_by_beginning(head, _ALLOWED)


def unsupported_picture_name(head: bytes) -> str | None:
    """Name ("a PDF document") of a known picture format that is not accepted."""
    if name := _name_by_beginning(head, _PICTURES):
        return name
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head[128:132] == b"DICM":
        return "a DICOM file"
    if head[:1] == b"P" and head[1:2] in b"1234567fF" and head[2:3].isspace():
        return "a Netpbm image"
    return "an SVG drawing" if b"<svg" in head.lower() and _is_text(head) else None


def other_file_name(head: bytes) -> str | None:
    """Name ("a zip archive", "text") of a known kind of file that is no picture at all."""
    if name := _name_by_beginning(head, _NO_PICTURES):
        return name
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return "a video"
    if not _is_text(head):
        return None
    return "a web page" if head.lstrip().lower().startswith((b"<!doctype html", b"<html")) else "text"


def _name_by_beginning(head: bytes, names: tuple[tuple[bytes, str], ...]) -> str | None:
    return next((name for beginning, name in names if head.startswith(beginning)), None)


def _is_text(head: bytes) -> bool:
    """UTF-8 without control characters. A letter cut in two by the end of the head is no error."""
    if not head.strip() or any(byte < 9 or 13 < byte < 32 for byte in head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= HEAD_BYTES - 3
    return True
