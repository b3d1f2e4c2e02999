"""gzip as the embedding file is stored and sent: made once, read by every browser without a line of code.

Values of an embedding look like noise: repetitions are rare, and what there is to save is that some values
are more frequent than others. Huffman coding alone saves that, several times quicker than a full search.
"""

from __future__ import annotations

import zlib

_GZIP = 31  # zlib's number for gzip with the largest window
_FASTEST, _MOST_MEMORY = 1, 9
_SIZE_BYTES = 4  # a gzip file ends with the length of its content, little endian


def compressed(data: bytes) -> bytes:
    """A gzip file; equal for equal data (no name, no time)."""
    compressor = zlib.compressobj(_FASTEST, zlib.DEFLATED, _GZIP, _MOST_MEMORY, zlib.Z_HUFFMAN_ONLY)
    return compressor.compress(data) + compressor.flush()


def decompressed(data: bytes) -> bytes:
    """Raises zlib.error, also for a file that is cut off or has something behind it."""
    decompressor = zlib.decompressobj(_GZIP)
    content = decompressor.decompress(data)
    if not decompressor.eof or decompressor.unused_data:
        raise zlib.error("not one whole gzip file")
    return content


def beginning(data: bytes, length: int) -> bytes:
    """The first `length` bytes of what the beginning of a gzip file holds, or fewer. Raises zlib.error."""
    return zlib.decompressobj(_GZIP).decompress(data, length)


def length_by_trailer(end: bytes) -> int:
    """Bytes of the content as the last bytes of a gzip file say (modulo 4 GiB)."""
    return int.from_bytes(end[-_SIZE_BYTES:], "little")
