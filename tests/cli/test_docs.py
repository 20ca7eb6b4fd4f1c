"""docs/usage.md tells of every command and option, and what it shows can be typed."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from communique.cli import COMMANDS, cli

DOCS = Path(__file__).parents[2] / "docs"
USAGE = (DOCS / "usage.md").read_text(encoding="utf-8")
OWN = [name for name in COMMANDS if name not in {"who", "knowledge"}]  # docs/knowledge.md tells of those


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def sections() -> dict[str, str]:
    """The text of each section by the command in its title."""
    parts = re.split(r"^## (\w+).*$", USAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def shown() -> Iterator[str]:
    for block in re.findall(r"```sh\n(.*?)```", USAGE, flags=re.DOTALL):
        yield from block.strip().splitlines()


@pytest.mark.parametrize("name", OWN)
def test_every_option_is_told(name: str) -> None:
    text = sections()[name]
    options = [o for p in command(name).params if isinstance(p, click.Option) for o in p.opts]
    assert [option for option in options if f"`{option}" not in text] == []


@pytest.mark.parametrize("name", OWN)
def test_no_option_is_told_that_is_not_there(name: str) -> None:
    told = set(re.findall(r"`(--?[a-z][a-z-]*)", sections()[name]))
    there = {o for p in command(name).params if isinstance(p, click.Option) for o in p.opts}
    assert told - there - {"--format"} == set()


@pytest.mark.parametrize("line", list(shown()))
def test_what_is_shown_can_be_typed(line: str) -> None:
    program, name, *arguments = shlex.split(line)
    assert program == "communique"
    command(name).make_context(name, arguments)


def test_each_command_is_shown() -> None:
    assert {line.split()[1] for line in shown()} >= set(OWN)
