"""The command: it serves, says where, and refuses what it should."""

import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from communique.cli import main


def complaint(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    assert left.value.code == 2
    return capsys.readouterr().err


def test_it_serves_where_it_says(sample: Path) -> None:
    program = Path(sys.executable).with_name("communique")
    command = [str(program), "serve", str(sample), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", said)
            assert found, said
            with urllib.request.urlopen(found[0] + "events.json", timeout=60) as answer:
                assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        finally:
            process.terminate()


def test_it_refuses_to_listen_for_others(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = complaint(capsys, "serve", sample, "--host", "0.0.0.0")
    assert (
        told
        == "communique: 0.0.0.0: listening for others needs --accounts; without them only 127.0.0.1 is served\n"
    )


def test_a_taken_port_is_told(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = complaint(capsys, "serve", sample, "--port", taken.getsockname()[1])
    assert told.endswith("Address already in use: try another with --port\n")


def test_a_missing_archive_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no such archive" in complaint(capsys, "serve", tmp_path / "none.db")
