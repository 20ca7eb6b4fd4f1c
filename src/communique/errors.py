"""The error tree.

    CommuniqueError
    ├── AccountsError         the accounts of the pages: unknown people, weak passwords, a foreign file
    ├── InputError            a source or document cannot be taken (carries `origin` and `reason`)
    ├── ArchiveError          the archive is missing, foreign, damaged or of a newer schema
    ├── KnowledgeError        a table or overlay row is wrong (carries `file` and `line`)
    ├── ServerError           the server of an external coder does not answer, or not as it should
    └── SettingsError         a setting or an argument makes no sense

Everything that a user can cause is one of these and is shown without a traceback. Anything else that
escapes is a programming error and stops the program.
"""

from __future__ import annotations


class CommuniqueError(Exception):
    """The root of all errors that a user can cause."""


class AccountsError(CommuniqueError):
    """Accounts of the web pages: an unknown or doubled name, a weak password, a file that is none of ours."""


class InputError(CommuniqueError):
    """A source or a document cannot be taken: `origin` says which (path, URL, line), `reason` says why."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason


class ArchiveError(CommuniqueError):
    """The archive is missing, is not one of ours, is damaged, or has a newer schema."""


class KnowledgeError(CommuniqueError):
    """A row of a table or overlay is wrong: `file`, `line` (1 is the header) and the reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class ServerError(CommuniqueError):
    """The server of an external coder does not answer, refuses, or answers with something else."""


class SettingsError(CommuniqueError):
    """A setting or an argument makes no sense."""
