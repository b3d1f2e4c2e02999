"""A look at a checkpoint without torch and without running anything in it: is it whole, does it hold code?

Whether its tensors are those of a family is said by the family's loader, which needs torch.
"""

from __future__ import annotations

import io
import json
import pickletools
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from segmentation.checkpoints.hashing import weights_files
from segmentation.segmenters.errors import CheckpointRefused

# What torch.save needs to put tensors together again; torch's own weights_only list is a little longer.
_HARMLESS = {
    "torch": {"Size", "device", "BFloat16Storage", "FloatStorage", "HalfStorage", "LongStorage", "IntStorage"}
    | {"DoubleStorage", "BoolStorage", "ByteStorage", "CharStorage", "ShortStorage", "Tensor"}
    | {"float16", "float32", "float64", "bfloat16", "int64", "int32", "uint8", "bool"},
    "torch._utils": {"_rebuild_tensor_v2", "_rebuild_parameter", "_rebuild_tensor"},
    "torch.nn.parameter": {"Parameter"},
    "torch.storage": {"UntypedStorage", "TypedStorage"},
    "collections": {"OrderedDict", "defaultdict"},
}
_LEGACY_PICKLES = 5  # magic number, version, machine, the object, names of storages; raw numbers follow


def examine(checkpoint: Path) -> None:
    """Raises CheckpointRefused where a file is empty, truncated, of no known format, or could run code."""
    files = weights_files(checkpoint) if checkpoint.exists() else []
    if not files:
        raise CheckpointRefused(
            f"{checkpoint} holds no checkpoint. It would be a .pth, .pt, .bin or .safetensors file."
        )
    for file in files:
        _examine_file(file)


def _examine_file(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(16)
        file.seek(0)
        if start.startswith(b"PK\x03\x04"):
            _examine_zip(path)
        elif start.startswith(b"\x80"):
            _examine_pickles(path, _legacy_pickles(file))
        elif len(start) > 9 and start[8:9] == b"{":
            _examine_safetensors(path, file)
        else:
            raise CheckpointRefused(
                f"{path.name} is not a checkpoint (neither torch.save nor safetensors). Download it again."
            )


def _examine_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            pickles = [name for name in archive.namelist() if name.endswith(".pkl")]
            if any(name.endswith("constants.pkl") for name in pickles):
                raise CheckpointRefused(
                    f"{path.name} is a TorchScript program, which would run when loaded. "
                    "Take the file with the weights."
                )
            if not pickles:
                raise CheckpointRefused(f"{path.name} is a zip file without a checkpoint. Unpack it first.")
            _examine_pickles(path, (archive.read(name) for name in pickles))
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise _damaged(path) from error


def _legacy_pickles(file: IO[bytes]) -> Iterator[bytes]:
    for _ in range(_LEGACY_PICKLES):
        begin = file.tell()
        for _operation in pickletools.genops(file):
            pass
        end = file.tell()
        file.seek(begin)
        yield file.read(end - begin)


def _examine_pickles(path: Path, pickles: Iterable[bytes]) -> None:
    try:
        for content in pickles:
            for module, name in _imports(content):
                if name not in _HARMLESS.get(module, ()):
                    raise CheckpointRefused(
                        f"{path.name} holds Python objects ({module}.{name}) beside its weights and could "
                        "run code when loaded. Only files of tensors are taken: ask for a safetensors file "
                        "or a plain state dict."
                    )
    except ValueError as error:
        raise _damaged(path) from error


def _imports(content: bytes) -> Iterator[tuple[str, str]]:
    """(module, name) of everything that the pickle would import."""
    for operation, argument, _position in pickletools.genops(io.BytesIO(content)):
        if operation.name in ("GLOBAL", "INST"):
            module, _, name = str(argument).partition(" ")
            yield module, name
        elif operation.name in ("STACK_GLOBAL", "EXT1", "EXT2", "EXT4"):
            # Names that are put together while it runs. torch.save makes none, and weights_only takes none.
            yield "pickle", operation.name


def _examine_safetensors(path: Path, file: IO[bytes]) -> None:
    size = path.stat().st_size
    length = int.from_bytes(file.read(8), "little")
    try:
        header: dict[str, Any] = json.loads(file.read(length)) if 8 + length <= size else {}
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        is_whole = 8 + length + max(ends) == size
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise _damaged(path) from error
    if not is_whole:
        raise _damaged(path)


def _damaged(path: Path) -> CheckpointRefused:
    return CheckpointRefused(
        f"{path.name} is truncated or damaged. Download it again and compare its size and sha256."
    )
