"""A raw page becomes a `Document`: main text without furniture, title, outlet, language, its own date.

Also near-duplicates (`communique.reading.duplicates`). Pure functions: no clock, no network, no store.
"""

from communique.reading.read import read, read_all

__all__ = ["read", "read_all"]
