"""The list of commands costs nothing and says what the commands say."""

import subprocess
import sys

import click
import pytest

from communique.cli import COMMANDS, cli

HEAVY = (
    "spacy",
    "numpy",
    "pydantic",
    "sqlalchemy",
    "rich",
    "trafilatura",
    "lxml",
    "thinc",
    "rapidfuzz",
    "sqlite3",
)
SCRIPT = """
import sys
from communique.cli import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    assert not left.code, left.code
print("\\n".join(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS), []])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        SCRIPT if arguments else "import sys, communique\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    assert not set(HEAVY) & set(done.stderr.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_of_itself_what_the_list_says(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None and command.name == name
    assert (command.help or "").strip().splitlines()[0] == COMMANDS[name][1]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_teaches_by_example(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert f"communique {name}" in (command.help or "")


def test_an_unknown_command() -> None:
    assert cli.get_command(click.Context(cli), "nothing") is None
