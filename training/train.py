"""Train or cross-validate the learned judge. See training/README.md.

python training/train.py ../shared/gold/dev --corpus ../shared/bench/corpus/news.jsonl.gz --folds 3 --write
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from articles import add_corpus
from boosting import grow
from examples import (
    Coded,
    Examples,
    Group,
    articles,
    coded_documents,
    examples_of,
    fold_of,
    passages,
    twins,
)
from programs import run
from readings import UnseenTagger
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from told import Told, confidence_rows, country_rows, mention_rows

from communique.coding.annotation import Annotation
from communique.coding.coder import Coder
from communique.coding.linear import LinearModel
from communique.coding.models import Models, write_models
from communique.coding.rivals import Numbers, rivals_of_claims, rivals_of_dates, rivals_of_parts
from communique.coding.tagger import MiniLMTagger
from communique.coding.trees import UNIT, TreeModel
from communique.export.jsonlines import claim_fields
from communique.scoring.events import score_events

STRENGTHS = {
    "claim": 0.08,
    "role": 0.15,
    "shape": 0.3,
    "status": 0.2,
    "date": 0.05,
    "stage": 0.3,
}
STRENGTH_OF_PLACES = 0.05
ROUNDS = {"claim": 120, "role": 100, "date": 80, "confidence": 160, "place": 120}
"""Of trees of the second look."""
INNER_FOLDS = 3
SURER = 0.15  # log odds that the confidence is short of: it learns from models of fewer documents
LIGHTER = {"role": 0.5, "shape": 0.5}  # what a passage of our own weighs, where not as much as a document
PASSAGES = Path(__file__).parent / "passages"
TAGGERS = Path(__file__).parent / "out"
RAREST = 2  # a feature must occur in as many examples
OUT = Path(__file__).parent.parent / "src/communique/coding/model/judge.json.gz"


TWICE = ("claim", "role", "date")
"""The models that look again."""
UNSURE = TreeModel(("no", "yes"), (), (0,), (-1,), (0.0,), (0,), (0,))
"""The confidence of models that have not learnt any yet."""
UNTOLD: dict[str, Any] = {
    "place": LinearModel(("no", "yes"), (0.0, 0.0), {}),
    "place_again": UNSURE,
    "confidence": UNSURE,
}
"""The models that learn last, likewise."""


@dataclass(frozen=True)
class Prepared:
    """A coded document, annotated, with its examples; `own` where it is a passage of our own."""

    coded: Coded
    annotation: Annotation
    examples: Examples
    own: bool = False


@dataclass(frozen=True)
class Rows:
    """The examples of one model: features by name, labels, what each weighs, and the number of its document."""

    matrix: Any  # sparse, documents' examples x features
    names: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    documents: np.ndarray

    @classmethod
    def of(cls, rows: list[tuple[dict[str, float], str]], weights: list[float], documents: list[int]) -> Rows:
        """The examples as a matrix whose columns are the features in the order of their names."""
        vectors = DictVectorizer(sort=True)
        matrix = vectors.fit_transform([features for features, _ in rows])
        labels = np.array([label for _, label in rows])
        return cls(matrix, vectors.get_feature_names_out(), labels, np.array(weights), np.array(documents))

    def fit(self, strength: float, documents: Sequence[int]) -> LinearModel:
        """A logistic regression over the features that occur often enough in these documents.

        Two classes become "no" and "yes".
        """
        chosen = np.isin(self.documents, documents)
        matrix = self.matrix[chosen]
        often = np.asarray((matrix != 0).sum(axis=0)).ravel() >= RAREST
        names = self.names[often]
        model = LogisticRegression(C=strength, max_iter=400, tol=1e-4)
        model.fit(matrix[:, often], self.labels[chosen], sample_weight=self.weights[chosen])
        coefficients, intercepts = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            coefficients = np.vstack([-coefficients / 2, coefficients / 2])
            intercepts = np.array([-intercepts[0] / 2, intercepts[0] / 2])
        table = {
            name: tuple(round(float(x), 4) for x in coefficients[:, i])
            for i, name in enumerate(names)
            if np.abs(coefficients[:, i]).max() >= 5e-4
        }
        return LinearModel(tuple(model.classes_), tuple(round(float(x), 4) for x in intercepts), table)


@dataclass(frozen=True)
class Rivals:
    """The examples of one model of the second look, in groups of rivals; `table` has the numbers not of the first."""

    groups: list[tuple[int, Group]]
    """The number of the document, and a group of its examples."""
    table: Any  # numbers of all examples, one column for each name
    names: list[str]
    labels: np.ndarray
    weights: np.ndarray
    documents: np.ndarray

    @classmethod
    def of(cls, groups: list[tuple[int, Group]], weights: dict[int, float]) -> Rivals:
        """The groups' numbers in a table; an example of a document weighs what the document does."""
        vectors = DictVectorizer(sort=True, sparse=False)
        table = vectors.fit_transform([row for _, group in groups for row in group.numbers])
        labels = np.array([label or "" for _, group in groups for label in group.labels])
        documents = np.array([n for n, group in groups for _ in group.labels])
        names = list(vectors.get_feature_names_out())
        return cls(groups, table, names, labels, np.array([weights[n] for n in documents]), documents)

    def beside(self, name: str, judges: dict[int, LinearModel]) -> tuple[Any, list[str]]:
        """The table and its names with what the first look of each document's judge says of all rivals beside it."""
        rows: list[Numbers] = []
        for n, group in self.groups:
            if n in judges:
                rows.extend(_rivals(name, group, judges[n]))
            else:
                rows.extend({} for _ in group.labels)
        vectors = DictVectorizer(sort=True, sparse=False)
        table = vectors.fit_transform(rows)
        return np.hstack([self.table, table]), [*self.names, *vectors.get_feature_names_out()]

    def grow(self, name: str, table: Any, names: list[str], documents: Sequence[int]) -> TreeModel:
        """Trees of the labelled examples of these documents."""
        chosen = np.isin(self.documents, documents) & (self.labels != "")
        return grow(table[chosen], names, self.labels[chosen], self.weights[chosen], rounds=ROUNDS[name])


def _rivals(name: str, group: Group, judge: LinearModel) -> list[Numbers]:
    """What a first look says of each example of a group beside its rivals."""
    found = [judge.predict(features) for features in group.features]
    if name == "role":
        return rivals_of_parts(found)
    beside = rivals_of_claims if name == "claim" else rivals_of_dates
    return beside(group.places, [p["yes"] for p in found])


class Trainer:
    """Trains models on some of the prepared documents; what all of them give is put together once."""

    def __init__(self, prepared: list[Prepared], tags: UnseenTagger) -> None:
        self.prepared, self._tags = prepared, tags
        self._rows = {name: self._gathered(name) for name in STRENGTHS}
        self._rivals = {name: self._grouped(name) for name in TWICE}

    def _weights(self, model: str) -> list[float]:
        return [LIGHTER.get(model, 1.0) if p.own else 1.0 for p in self.prepared]

    def _gathered(self, model: str) -> Rows:
        """The examples of all documents for a model."""
        found = [
            (p.examples.rows(model), w) for p, w in zip(self.prepared, self._weights(model), strict=True)
        ]
        return Rows.of(
            [row for rows, _ in found for row in rows],
            [weight for rows, weight in found for _ in rows],
            [n for n, (rows, _) in enumerate(found) for _ in rows],
        )

    def _grouped(self, model: str) -> Rivals:
        """The examples of all documents for a second look."""
        groups = [(n, group) for n, p in enumerate(self.prepared) for group in p.examples.groups[model]]
        return Rivals.of(groups, dict(enumerate(self._weights(model))))

    def train(self, documents: Sequence[int]) -> Models:
        """All models.

        The second look learns from what the first says of documents that it has not seen, and the models of confidence
        and of places from what both say of such. Passages of our own say nothing of how sure one may be: they tell more
        than news.
        """
        folds = [list(documents[k::INNER_FOLDS]) for k in range(INNER_FOLDS)]
        rests = [[n for i, n in enumerate(documents) if i % INNER_FOLDS != k] for k in range(INNER_FOLDS)]
        firsts = [self._first(rest) for rest in rests]
        seconds = self._seconds(firsts, folds, [*rests, list(documents)])
        found: list[tuple[Numbers, str]] = []
        told: list[Told] = []
        for first, second, fold in zip(firsts, seconds[:-1], folds, strict=True):
            models = Models(**first, **second, **UNTOLD, tagger=self._tags)
            for one in (self.prepared[n] for n in fold if not self.prepared[n].own):
                made = Told.by(Coder(models=models), one.annotation, one.coded.gold)
                found.extend(confidence_rows(made))
                told.extend([made] if made.placed else [])
        return Models(
            **self._first(documents),
            **seconds[-1],
            **learn_places(told),
            confidence=surer(trees_of(found, "confidence", leaves=15)),
            tagger=self._tags,
        )

    def _first(self, documents: Sequence[int]) -> dict[str, Any]:
        """The models of the first look, which judge single candidates."""
        return {name: rows.fit(STRENGTHS[name], documents) for name, rows in self._rows.items()}

    def _seconds(
        self, firsts: list[dict[str, Any]], folds: list[list[int]], learnt: list[list[int]]
    ) -> list[dict[str, Any]]:
        """The models of the second look for each choice of documents; those of a fold are judged by its first look."""
        made: list[dict[str, Any]] = [{} for _ in learnt]
        for name, rivals in self._rivals.items():
            judges = {n: first[name] for first, fold in zip(firsts, folds, strict=True) for n in fold}
            table, names = rivals.beside(name, judges)
            for models, documents in zip(made, learnt, strict=True):
                models[f"{name}_again"] = rivals.grow(name, table, names, documents)
        return made


def trees_of(found: list[tuple[Numbers, str]], name: str, *, leaves: int) -> TreeModel:
    """The model of confidence or of places, from numbers and whether the gold has what they are of."""
    vectors = DictVectorizer(sort=True, sparse=False)
    table = vectors.fit_transform([numbers for numbers, _ in found])
    labels = np.array([label for _, label in found])
    names = list(vectors.get_feature_names_out())
    weights = np.ones(len(labels))
    return grow(table, names, labels, weights, rounds=ROUNDS[name], leaves=leaves, rate=0.05)


def learn_places(told: list[Told]) -> dict[str, Any]:
    """The models of places; the trees learn from what a first look says of documents that it has not seen."""
    found = [(row, n) for n, one in enumerate(told) for row in mention_rows(one)]
    rows = Rows.of([row for row, _ in found], [1.0] * len(found), [n for _, n in found])
    placed: list[tuple[Numbers, str]] = []
    for k in range(INNER_FOLDS):
        rest = [n for n in range(len(told)) if n % INNER_FOLDS != k]
        first = rows.fit(STRENGTH_OF_PLACES, rest)
        placed.extend(row for one in told[k::INNER_FOLDS] for row in country_rows(one, first))
    whole = rows.fit(STRENGTH_OF_PLACES, range(len(told)))
    return {"place": whole, "place_again": trees_of(placed, "place", leaves=8)}


def surer(model: TreeModel) -> TreeModel:
    """The model of confidence with `SURER` more log odds for "yes": one more tree, a single leaf."""
    return replace(
        model,
        roots=(*model.roots, len(model.column)),
        column=(*model.column, -1),
        most=(*model.most, 0.0),
        other=(*model.other, 0),
        value=(*model.value, round(SURER * UNIT)),
    )


def prepare(documents: list[Coded], tags: UnseenTagger, *, own: bool = False) -> list[Prepared]:
    """The documents that have tags annotated, with their examples; `own` are passages of our own."""
    documents = [c for c in documents if c.document.id in tags]
    annotations = Coder(learned=False).annotations(c.document for c in documents)
    pairs = zip(documents, annotations, strict=True)
    return [Prepared(c, a, examples_of(a, c.gold, tags), own) for c, a in pairs]


_SHARED: list[Any] = []
"""The trainer and the folds of its first documents, for the processes that are forked."""


def _of_fold(fold: int) -> list[dict[str, Any]]:
    """The records that models make of the documents of a fold, which they have not seen."""
    trainer, places = _SHARED
    every = range(len(trainer.prepared))
    coder = Coder(models=trainer.train([n for n in every if n >= len(places) or places[n] != fold]))
    unseen = [trainer.prepared[n] for n, place in enumerate(places) if place == fold]
    records = [claim_fields(c) for one in unseen for c in coder.code_annotation(one.annotation).claims]
    print(f"fold {fold}: {len(records)} records", file=sys.stderr, flush=True)
    return records


def _of_all() -> bytes:
    """The models of all documents, as they are written."""
    trainer, _ = _SHARED
    models = trainer.train(range(len(trainer.prepared)))
    return write_models({n: m for n, m in vars(models).items() if isinstance(m, LinearModel | TreeModel)})


def main() -> None:
    """Read the arguments, then measure out of fold, train on all and write, or both.

    Documents of `gold` are measured; passages and articles are trained on in every fold and never measured.
    """
    args = _arguments()
    left_out = frozenset(args.leave_out.read_text().split()) if args.leave_out else frozenset()
    documents = [c for folder in args.gold for c in coded_documents(folder, left_out)]
    tags = UnseenTagger(TAGGERS, MiniLMTagger() if args.rest else None)
    extra = prepare(list(passages(PASSAGES)), tags, own=True)
    if args.corpus:
        extra += prepare(list(articles(args.corpus, args.labels)), tags)
    prepared = prepare(documents, tags)
    places = fold_of([p.coded for p in prepared], args.folds or 1, twins(args.gold))
    _SHARED[:] = [Trainer([*prepared, *extra], tags), places]
    print(f"{len(prepared)} documents, {len(extra)} passages and stretches", file=sys.stderr, flush=True)
    with ProcessPoolExecutor(args.jobs, mp_context=get_context("fork")) as pool:
        folds = [pool.submit(_of_fold, fold) for fold in range(args.folds)]
        whole = pool.submit(_of_all) if args.write else None
        if folds:
            report(documents, [r for fold in folds for r in fold.result()], args.records)
        if whole is not None:
            OUT.write_bytes(whole.result())
            print(f"wrote {OUT} ({OUT.stat().st_size:,} bytes)")


def report(documents: list[Coded], records: list[dict[str, Any]], out: Path | None) -> None:
    """Print the figures of records made out of fold; write them where wanted."""
    if out:
        out.write_text("".join(json.dumps(r) + "\n" for r in records))
    gold = {c.gold["doc_id"]: c.gold for c in documents}
    print(json.dumps(score_events(gold, records).figures, indent=1), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+", help="folders with text/ and gold/")
    parser.add_argument("--leave-out", type=Path, help="a file with ids of documents to leave out")
    add_corpus(parser)
    parser.add_argument("--folds", type=int, default=0, help="measure out of so many folds")
    parser.add_argument("--jobs", type=int, default=1, help="processes: one for a fold, one for all")
    parser.add_argument("--write", action="store_true", help="train on all and write the models")
    parser.add_argument(
        "--rest",
        action="store_true",
        help="let the shipped tagger tag what no fold did (it must not know it)",
    )
    parser.add_argument("--records", type=Path, help="write the out-of-fold records here")
    return parser.parse_args()


if __name__ == "__main__":
    run(main)
