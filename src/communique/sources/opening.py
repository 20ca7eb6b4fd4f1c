"""Files as streams of unpacked bytes, and their names without the endings that say how they are packed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from communique.errors import InputError
from communique.sources.limits import MAX_DOCUMENT_BYTES, TOO_LARGE


def kind_of(path: Path) -> str:
    """The ending that says what is in the file, lower-case: ".txt" for `A.TXT.gz`, "" for none."""
    return unpacked(path).suffix.lower()


def stem_of(path: Path) -> str:
    """The file's name without its ending (and without `.gz`): the id of what is in it."""
    return shown(Path(unpacked(path).stem))


def unpacked(path: Path) -> Path:
    """The path without a final `.gz`."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def shown(path: Path) -> str:
    """The path as text that can be stored and printed, also where the file system's bytes are not UTF-8."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked; whatever goes wrong while it is read is an `InputError`."""
    with taken(shown(path)):
        if not path.is_file():
            raise InputError(shown(path), "not a regular file" if path.exists() else "no such file")
        with path.open("rb") as packed:
            yield unzipped(packed) if path.suffix.lower() == ".gz" else packed


def unzipped(packed: BinaryIO) -> BinaryIO:
    """The bytes inside a gzip stream."""
    return cast(BinaryIO, gzip.GzipFile(fileobj=packed, mode="rb"))


@contextmanager
def taken(origin: str) -> Iterator[None]:
    """Turn what the operating system or gzip refuses into an `InputError` of `origin`."""
    try:
        yield
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise InputError(origin, f"damaged gzip: {error}") from error
    except OSError as error:
        raise InputError(origin, error.strerror or str(error)) from error


def buffered(stream: BinaryIO, size: int = io.DEFAULT_BUFFER_SIZE) -> io.BufferedReader[io.RawIOBase]:
    """The stream with a buffer into which one can look ahead; detach it, or it closes the stream."""
    return io.BufferedReader(cast(io.RawIOBase, stream), size)


def whole(path: Path, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """All unpacked bytes of the file. Raises `InputError` where there are more than `limit`."""
    with opened(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            shown(path), TOO_LARGE if limit == MAX_DOCUMENT_BYTES else f"larger than {limit} bytes"
        )
    return data
