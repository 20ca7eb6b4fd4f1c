"""How fast and how well pages and texts are read.

    python benchmarks/reading.py PAGES_FOLDER [TEXTS.jsonl.gz]

Prints documents per CPU-second for each input, peak memory, and, where PAGES_FOLDER has the file
`../ground-truth.json` (`{id: {"articleBody"}}`), the mean token F1 of the whole text and of the text
without its title.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from communique.reading import read_all
from communique.records import Document, Failure
from communique.sources import open_sources


def documents(path: str) -> list[Document]:
    """All documents of an input; prints how many there were and how fast they were read."""
    for _ in read_all(open_sources([path])):
        break  # the models are loaded
    start = time.process_time()
    out = list(read_all(open_sources([path])))
    seconds = time.process_time() - start
    failures = sum(isinstance(each, Failure) for each in out)
    print(f"{path}: {len(out)} documents, {failures} failures, {len(out) / seconds:.1f} per CPU-second")
    return [each for each in out if isinstance(each, Document)]


def token_f1(text: str, gold: str) -> float:
    """The F1 of two texts as bags of lower-case words."""
    one, other = (Counter(re.findall(r"\w+", each.lower())) for each in (text, gold))
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 1.0


def print_f1(read: list[Document], gold_file: Path) -> None:
    """The mean F1 against the true article texts."""
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    whole = {each.id: each.text for each in read}
    body = {each.id: each.text.removeprefix(each.title or "") for each in read}
    for name, texts in (("text with title", whole), ("text without title", body)):
        scores = [token_f1(texts.get(key, ""), value["articleBody"]) for key, value in gold.items()]
        print(f"token F1, {name}: {sum(scores) / len(scores):.4f} over {len(scores)}")


def main(arguments: list[str]) -> None:
    """Read each input and print the figures."""
    if not arguments:
        sys.exit(__doc__)
    for path in arguments:
        read = documents(path)
        gold_file = Path(path).parent / "ground-truth.json"
        if gold_file.exists():
            print_f1(read, gold_file)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
