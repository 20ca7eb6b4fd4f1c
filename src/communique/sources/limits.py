"""The sizes past which a document is refused, so that no input can take all memory."""

from __future__ import annotations

from typing import Final

MAX_DOCUMENT_BYTES: Final = 64 * 1024 * 1024
"""The most bytes that one document may have, unpacked: a file, a line of JSON Lines, an object of a list."""

MAX_METADATA_BYTES: Final = 1024 * 1024
"""The most bytes that a `.meta.json` may have."""

MAX_ID_CHARACTERS: Final = 200
"""The most characters that a document's id may have."""

TOO_LARGE: Final = f"larger than {MAX_DOCUMENT_BYTES // (1024 * 1024)} MB"
"""The reason given for a document past `MAX_DOCUMENT_BYTES`."""
