"""What the programs of this folder share: an error that a user can cause is shown in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable

from communique.errors import CommuniqueError


def run(main: Callable[[], None]) -> None:
    """Run a program; a file that is missing or not as it should be ends it with exit code 1 and the reason."""
    try:
        main()
    except (CommuniqueError, OSError) as error:
        sys.exit(f"error: {error}")
