"""Train or cross-validate the learned judge. See training/README.md.

python training/train.py ../shared/gold/dev --leave-out ../shared/gold/dev/LOCKED --folds 5
python training/train.py ../shared/gold/dev --write
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from examples import Coded, Examples, coded_documents, examples_of
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.coding.annotation import Annotation
from communique.coding.coder import Coder
from communique.coding.judge import Models
from communique.coding.linear import LinearModel, write_models
from communique.export.rows import record_row
from communique.scoring.records import figures

STRENGTHS = {"claim": 0.08, "role": 0.15, "status": 0.2, "date": 0.3, "stage": 0.3}
RAREST = 2  # a feature must occur in as many examples
OUT = Path(__file__).parent.parent / "src/communique/coding/model/judge.json.gz"


def fit(rows: list[tuple[dict[str, float], str]], strength: float) -> LinearModel:
    """A logistic regression over the features that occur often enough; two classes become "no" and "yes"."""
    vectors = DictVectorizer(sort=True)
    matrix = vectors.fit_transform([features for features, _ in rows])
    often = np.asarray((matrix != 0).sum(axis=0)).ravel() >= RAREST
    names = vectors.get_feature_names_out()[often]
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-4)
    model.fit(matrix[:, often], [label for _, label in rows])
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.vstack([-coefficients / 2, coefficients / 2])
        intercepts = np.array([-intercepts[0] / 2, intercepts[0] / 2])
    weights = {
        name: tuple(round(float(x), 4) for x in coefficients[:, i])
        for i, name in enumerate(names)
        if np.abs(coefficients[:, i]).max() >= 5e-4
    }
    return LinearModel(tuple(model.classes_), tuple(round(float(x), 4) for x in intercepts), weights)


def train(examples: Examples) -> Models:
    """All models from the examples."""
    return Models(**{name: fit(rows, STRENGTHS[name]) for name, rows in examples.rows.items()})


def fold_of(documents: list[Coded], folds: int, twins: dict[str, str]) -> list[int]:
    """A fold for each document; near-identical twins share one."""
    place = {c.gold["doc_id"]: i % folds for i, c in enumerate(documents)}
    return [place[twins.get(c.gold["doc_id"], c.gold["doc_id"])] for c in documents]


def joined(parts: Iterable[Examples]) -> Examples:
    """All examples of several documents."""
    whole = Examples()
    for part in parts:
        whole.extend(part)
    return whole


def cross_validate(documents: list[Coded], folds: int, twins: dict[str, str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The figures of the measures out of fold, and the records that they were taken of."""
    coder = Coder(learned=False)
    annotations = list(coder.annotations(c.document for c in documents))
    examples = [examples_of(a, c.gold) for a, c in zip(annotations, documents, strict=True)]
    places = fold_of(documents, folds, twins)
    records: list[dict[str, Any]] = []
    for fold in range(folds):
        models = train(joined(e for e, p in zip(examples, places, strict=True) if p != fold))
        judge = Coder(models=models)
        held: list[Annotation] = [a for a, p in zip(annotations, places, strict=True) if p == fold]
        records.extend(record_row(c) for a in held for c in judge.code_annotation(a).claims)
        print(f"fold {fold + 1} of {folds}", file=sys.stderr)
    return figures({c.gold["doc_id"]: c.gold["records"] for c in documents}, records), records


def main() -> None:
    """Read the arguments, then cross-validate or train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", help="folders with text/ and gold/")
    parser.add_argument("--leave-out", type=Path, help="a file with ids of documents to leave out")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="train on all and write the models")
    parser.add_argument("--records", type=Path, help="write the out-of-fold records here")
    args = parser.parse_args()
    left_out = frozenset(args.leave_out.read_text().split()) if args.leave_out else frozenset()
    documents = [c for folder in args.gold for c in coded_documents(folder, left_out)]
    twins: dict[str, str] = {}
    for folder in args.gold:
        if (folder / "TWINS").exists():
            twins.update(tuple(line.split()[:2]) for line in (folder / "TWINS").read_text().splitlines())  # type: ignore[misc]
    if args.write:
        annotations = Coder(learned=False).annotations(c.document for c in documents)
        models = train(joined(examples_of(a, c.gold) for a, c in zip(annotations, documents, strict=True)))
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_bytes(write_models(vars(models)))
        print(f"wrote {OUT} ({OUT.stat().st_size:,} bytes) from {len(documents)} documents")
        return
    result, records = cross_validate(documents, args.folds, twins)
    if args.records:
        args.records.write_text("".join(json.dumps(r) + "\n" for r in records))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
