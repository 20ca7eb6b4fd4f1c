"""The public surface of the package."""

import pytest

import communique

NAMES = [
    "open_sources", "read", "Coder", "code", "Settings", "open_archive", "Archive", "ClaimFilter",
    "RawPage", "Document", "Claim", "Interval", "Statement", "Person", "Coding", "Failure",
    "CommuniqueError", "InputError", "ArchiveError",
]  # fmt: skip


def test_the_names_are_these_and_no_others() -> None:
    assert communique.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_there_and_documented(name: str) -> None:
    assert getattr(communique, name).__name__ == name
    assert getattr(communique, name).__doc__


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'communique' has no attribute 'nothing'"):
        _ = communique.nothing
