"""A program that is killed while it links: nothing that was kept is lost, and the next one goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.archive.stories import dump, keep
from tests.archive.test_linking import emptied, followed

from communique.archive import Archive, Coded, open_archive
from communique.relinking import rebuild_lives, relink

SCRIPT = """
import importlib, sys, time
from communique import relinking
from communique.archive import open_archive
module, name, action, path = sys.argv[1:]
def stop(*found, **options):
    print("here", flush=True)
    time.sleep(600)
setattr(importlib.import_module(module), name, stop)
with open_archive(path, write=True) as archive:
    getattr(relinking, action)(archive)
"""
LINKED = ("communique.archive.linking", "settle")
"""Links are written, events are gone and not yet made."""
FOLLOWED = ("communique.relinking", "_keep")
"""Events are made; nothing of what is followed is written."""
WRITTEN = ("communique.archive.lives", "mark_fresh")
"""All is written but the last note."""


def kill_at(point: tuple[str, str], action: str, path: Path) -> None:
    """Let another process do it on that archive, and kill it where it comes to that function."""
    arguments = [sys.executable, "-c", SCRIPT, *point, action, str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("point", [LINKED, FOLLOWED, WRITTEN])
def test_killed_while_linking_anew_all_is_as_before(stories: Archive, point: tuple[str, str]) -> None:
    before = dump(stories)
    kill_at(point, "relink", stories.path)
    with open_archive(stories.path, write=True) as archive:
        assert dump(archive) == before
        assert archive.faults() == []
        relink(archive)
        assert dump(archive) == before


@pytest.mark.parametrize("point", [FOLLOWED, WRITTEN])
def test_killed_while_following_the_next_goes_on(
    stories: Archive, coded_stories: tuple[Coded, ...], point: tuple[str, str]
) -> None:
    whole = dump(stories)
    keep(stories, [emptied(coded) for coded in coded_stories[::4]])
    before = dump(stories)
    kill_at(point, "rebuild_lives", stories.path)
    with open_archive(stories.path, write=True) as archive:
        assert dump(archive) == before
        rebuild_lives(archive)
        assert (archive.deals(), archive.agreements(), archive.contradictions()) == followed(archive)
        keep(archive, coded_stories[::4])
        rebuild_lives(archive)
        assert dump(archive) == whole
