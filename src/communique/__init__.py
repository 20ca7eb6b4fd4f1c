"""Communiqué reads news about defence diplomacy and keeps the record.

    import communique

    with communique.open_archive("record.db", write=True) as archive:
        communique.code(["pages/"], archive)
        for claim in archive.claims(communique.ClaimFilter(actor="IRN")):
            print(claim.kind, claim.status, claim.date, claim.evidence[0].text)

Names are imported when they are first used, so that `import communique` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.archive import Archive as Archive
    from communique.archive import ClaimFilter as ClaimFilter
    from communique.archive import open_archive as open_archive
    from communique.coding.coder import Coder as Coder
    from communique.errors import ArchiveError as ArchiveError
    from communique.errors import CommuniqueError as CommuniqueError
    from communique.errors import InputError as InputError
    from communique.reading import read as read
    from communique.records import Claim as Claim
    from communique.records import Coding as Coding
    from communique.records import Document as Document
    from communique.records import Failure as Failure
    from communique.records import Interval as Interval
    from communique.records import Person as Person
    from communique.records import RawPage as RawPage
    from communique.records import Statement as Statement
    from communique.runs import Settings as Settings
    from communique.runs import code as code
    from communique.sources import open_sources as open_sources

__version__ = "0.1.0"

_WHERE = {
    "Archive": "communique.archive",
    "ArchiveError": "communique.errors",
    "Claim": "communique.records",
    "ClaimFilter": "communique.archive",
    "Coder": "communique.coding.coder",
    "Coding": "communique.records",
    "CommuniqueError": "communique.errors",
    "Document": "communique.records",
    "Failure": "communique.records",
    "InputError": "communique.errors",
    "Interval": "communique.records",
    "Person": "communique.records",
    "RawPage": "communique.records",
    "Settings": "communique.runs",
    "Statement": "communique.records",
    "code": "communique.runs",
    "open_archive": "communique.archive",
    "open_sources": "communique.sources",
    "read": "communique.reading",
}

__all__ = [  # noqa: RUF022 - in the order of the job
    "open_sources", "read", "Coder", "code", "Settings", "open_archive", "Archive", "ClaimFilter",
    "RawPage", "Document", "Claim", "Interval", "Statement", "Person", "Coding", "Failure",
    "CommuniqueError", "InputError", "ArchiveError",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """The public names, from the modules that define them."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'communique' has no attribute {name!r}")
