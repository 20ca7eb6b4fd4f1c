"""What a terminal is shown: drawn tables, marks in bold, progress; and nothing that a page put there."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOSTILE = (
    "Envoys\x1b]0;owned\x07 meet\n\n"
    "Russian Defence Minister Sergei Shoigu visited Iran\x9b31m on May 12, 2016.\n"
)


def on_terminal(*arguments: object) -> str:
    """What a terminal of 140 columns gets from `communique` on standard output and standard error."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", "from communique.cli import main; main()", *map(str, arguments)]
    environment = os.environ | {"COLUMNS": "140", "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait() == 0, shown
    return shown.decode()


def test_a_table_is_drawn(coded: Path) -> None:
    shown = on_terminal("events", coded, "--kind", "visit", "--doc", "visit")
    lines = [line.split() for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines() if line.strip()]
    columns = ["id", "date", "kind", "status", "actors", "what", "confidence", "document", "event"]
    assert lines[0] == columns
    assert set("".join(lines[1])) == {"─"}
    assert lines[2][1:4] == ["2016-05-12", "visit", "actual"]


def test_marks_are_bold_and_underlined(coded: Path) -> None:
    shown = on_terminal("search", coded, "deliveries", "--in", "statement")
    assert "\x1b[1m\x1b[4mdeliveries\x1b[0m" in shown


def test_progress_and_hostile_text(tmp_path: Path) -> None:
    (tmp_path / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    archive = tmp_path / "a.db"
    assert "coding" in on_terminal("code", tmp_path / "hostile.txt", "--archive", archive)
    shown = on_terminal("search", archive, "Shoigu", "--in", "document")
    assert "Shoigu" in shown
    assert "\x07" not in shown and "\x1b]" not in shown and "\x9b" not in shown


def test_a_pipe_gets_no_styles(coded: Path, run: Callable[..., Any]) -> None:
    assert "\x1b" not in run("explain", coded, "visit").out
