"""Train or cross-validate the learned judge. See training/README.md.

python training/train.py ../shared/gold/dev --leave-out ../shared/gold/dev/LOCKED --folds 5
python training/train.py ../shared/gold/dev --write
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from examples import (
    Coded,
    Examples,
    coded_documents,
    examples_of,
    fold_of,
    passages,
    twins,
)
from readings import KeptReadings
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.coding.annotation import Annotation
from communique.coding.claims import claim_of
from communique.coding.coder import Coder
from communique.coding.confidence import confidence_features
from communique.coding.judge import Models
from communique.coding.linear import LinearModel, write_models
from communique.coding.tagger import MiniLMTagger
from communique.export.jsonlines import claim_fields
from communique.scoring.events import match_document, score_events

STRENGTHS = {
    "claim": 0.08,
    "role": 0.15,
    "shape": 0.3,
    "status": 0.2,
    "date": 0.05,
    "stage": 0.3,
    "confidence": 0.1,
}
INNER_FOLDS = 3
SURER = (
    0.2  # log-odds that the confidence is short of, as it learns from models of two thirds of the documents
)
LIGHTER = {"role": 0.5, "shape": 0.5}  # what a passage of our own weighs, where not as much as a document
PASSAGES = Path(__file__).parent / "passages"
TAGS = Path(__file__).parent / "out"
RAREST = 2  # a feature must occur in as many examples
OUT = Path(__file__).parent.parent / "src/communique/coding/model/judge.json.gz"


def fit(
    rows: list[tuple[dict[str, float], str]], strength: float, weights: list[float] | None = None
) -> LinearModel:
    """A logistic regression over the features that occur often enough; two classes become "no" and "yes"."""
    vectors = DictVectorizer(sort=True)
    matrix = vectors.fit_transform([features for features, _ in rows])
    often = np.asarray((matrix != 0).sum(axis=0)).ravel() >= RAREST
    names = vectors.get_feature_names_out()[often]
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-4)
    model.fit(matrix[:, often], [label for _, label in rows], sample_weight=weights)
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
class Prepared:
    """A coded document, annotated, with its examples; `own` where it is a passage of our own."""

    coded: Coded
    annotation: Annotation
    examples: Examples
    own: bool = False

    def weights(self, model: str) -> list[float]:
        """What each of its examples for a model weighs."""
        return [LIGHTER.get(model, 1.0) if self.own else 1.0] * len(self.examples.rows[model])


def train(prepared: list[Prepared], tags: KeptReadings) -> Models:
    """All models. The confidence model learns from what the others say of documents that they have not seen."""
    models = first_models(prepared, tags)
    rows: list[tuple[dict[str, float], str]] = []
    for fold in range(INNER_FOLDS):
        inner = Coder(
            models=first_models([p for i, p in enumerate(prepared) if i % INNER_FOLDS != fold], tags)
        )
        for one in prepared[fold::INNER_FOLDS]:
            rows.extend(confidence_rows(inner, one))
    return replace(models, confidence=surer(fit(rows, STRENGTHS["confidence"])))


def surer(model: LinearModel) -> LinearModel:
    """The model of confidence with `SURER` more log-odds for "yes", which calibrates it out of fold."""
    no, yes = model.intercepts
    return replace(model, intercepts=(round(no - SURER / 2, 4), round(yes + SURER / 2, 4)))


def first_models(prepared: list[Prepared], tags: KeptReadings) -> Models:
    """The models that judge single candidates; that of confidence knows nothing yet."""
    examples = joined(p.examples for p in prepared)
    unsure = LinearModel(("no", "yes"), (0.0, 0.0), {})
    return Models(
        **{
            name: fit(rows, STRENGTHS[name], [w for p in prepared for w in p.weights(name)])
            for name, rows in examples.rows.items()
        },
        confidence=unsure,
        tagger=tags,
    )


def confidence_rows(coder: Coder, one: Prepared) -> list[tuple[dict[str, float], str]]:
    """For each event that a document may tell, its features and whether the gold has it."""
    groups = coder.groups(one.annotation)
    predicted = [claim_fields(claim_of(one.coded.document, g, 1.0)) for g in groups]
    match = match_document(one.coded.document.id, one.coded.gold["records"], predicted)
    right = {id(p) for _, p, _ in match.got}
    wrong = {id(p) for p in match.invented}
    return [
        (confidence_features(g, groups), "yes" if id(p) in right else "no")
        for g, p in zip(groups, predicted, strict=True)
        if id(p) in right or id(p) in wrong
    ]


def joined(parts: Iterable[Examples]) -> Examples:
    """All examples of several documents."""
    whole = Examples()
    for part in parts:
        whole.extend(part)
    return whole


def prepare(documents: list[Coded], tags: KeptReadings, *, own: bool = False) -> list[Prepared]:
    """The documents that have tags annotated, with their examples; `own` are passages of our own."""
    documents = [c for c in documents if c.document.id in tags]
    annotations = Coder(learned=False).annotations(c.document for c in documents)
    pairs = zip(documents, annotations, strict=True)
    return [Prepared(c, a, examples_of(a, c.gold, tags), own) for c, a in pairs]


def cross_validate(
    prepared: list[Prepared], extra: list[Prepared], tags: KeptReadings, *, folds: int, twins: dict[str, str]
) -> list[dict[str, Any]]:
    """The records that each fold's models make of the documents that they have not seen.

    `extra` is trained on in every fold and never measured.
    """
    places = fold_of([p.coded for p in prepared], folds, twins)
    records: list[dict[str, Any]] = []
    for fold in range(folds):
        seen = [p for p, place in zip(prepared, places, strict=True) if place != fold]
        coder = Coder(models=train([*seen, *extra], tags))
        for one in (p for p, place in zip(prepared, places, strict=True) if place == fold):
            records.extend(claim_fields(c) for c in coder.code_annotation(one.annotation).claims)
        print(f"fold {fold + 1} of {folds}", file=sys.stderr)
    return records


def main() -> None:
    """Read the arguments, then cross-validate or train and write."""
    args = _arguments()
    left_out = frozenset(args.leave_out.read_text().split()) if args.leave_out else frozenset()
    documents = [c for folder in args.gold for c in coded_documents(folder, left_out)]
    tags = KeptReadings(TAGS, MiniLMTagger() if args.rest else None)
    extra = prepare(list(passages(PASSAGES)), tags, own=True)
    prepared = prepare(documents, tags)
    if args.write:
        models = train([*prepared, *extra], tags)
        OUT.parent.mkdir(exist_ok=True)
        linear = {name: model for name, model in vars(models).items() if isinstance(model, LinearModel)}
        OUT.write_bytes(write_models(linear))
        print(
            f"wrote {OUT} ({OUT.stat().st_size:,} bytes) from {len(documents)} documents and {len(extra)} passages"
        )
        return
    records = cross_validate(prepared, extra, tags, folds=args.folds, twins=twins(args.gold))
    if args.records:
        args.records.write_text("".join(json.dumps(r) + "\n" for r in records))
    gold = {c.gold["doc_id"]: c.gold for c in documents}
    print(json.dumps(score_events(gold, records).figures, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+", help="folders with text/ and gold/")
    parser.add_argument("--leave-out", type=Path, help="a file with ids of documents to leave out")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="train on all and write the models")
    parser.add_argument(
        "--rest",
        action="store_true",
        help="let the shipped tagger tag what no fold did (it must not know it)",
    )
    parser.add_argument("--records", type=Path, help="write the out-of-fold records here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
