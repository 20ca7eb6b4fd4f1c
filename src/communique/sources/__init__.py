"""How documents come in: files, folders and standard input become raw pages with provenance.

One module a kind of source. What cannot be taken becomes a `Failure` in its place in the stream, and
the rest goes on. Nothing is held longer than one document.
"""

from communique.sources.inputs import open_sources

__all__ = ["open_sources"]
