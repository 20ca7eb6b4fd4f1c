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


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def below(found: click.Command) -> Iterator[click.Command]:
    """The command and, where it is a group, those in it."""
    yield found
    if isinstance(found, click.Group):
        context = click.Context(found)
        for name in found.list_commands(context):
            part = found.get_command(context, name)
            assert part is not None
            yield from below(part)


def options(name: str) -> list[str]:
    """The options of a command and of those in it."""
    every = (p for part in below(command(name)) for p in part.params)
    return [option for p in every if isinstance(p, click.Option) for option in p.opts]


def sections() -> dict[str, str]:
    """The text of each section by the command in its title."""
    parts = re.split(r"^## (\w+).*$", USAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def shown() -> Iterator[str]:
    for block in re.findall(r"```sh\n(.*?)```", USAGE, flags=re.DOTALL):
        yield from block.strip().splitlines()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_told(name: str) -> None:
    text = sections()[name]
    assert [option for option in options(name) if f"`{option}" not in text] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_told_that_is_not_there(name: str) -> None:
    told = set(re.findall(r"`(--?[a-z][a-z-]*)", sections()[name]))
    assert told - set(options(name)) - {"--format"} == set()


@pytest.mark.parametrize("line", list(shown()))
def test_what_is_shown_can_be_typed(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-tables").mkdir()
    program, name, *arguments = shlex.split(line)
    assert program == "communique"
    found = command(name)
    while isinstance(found, click.Group):
        arguments = arguments[sum(isinstance(p, click.Argument) for p in found.params) :]  # its own
        below_it = found.get_command(click.Context(found), arguments[0])
        assert below_it is not None
        found, arguments = below_it, arguments[1:]
    found.make_context(name, arguments)


def test_each_command_is_shown() -> None:
    assert {line.split()[1] for line in shown()} >= set(COMMANDS)
