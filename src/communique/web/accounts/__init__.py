"""Accounts for a team: who may log in, in which role, and what was done (docs/web.md).

They live in a file of their own, so that an archive can be passed on without them.
"""

from communique.web.accounts.store import Account, Accounts, AuditEntry, Session

__all__ = ["Account", "Accounts", "AuditEntry", "Session"]
