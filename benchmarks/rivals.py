"""The sentence sets that other coders are measured on: predictions for `plv` and `gsr` of ../shared/bench/score.py.

    python benchmarks/rivals.py plv ../shared/bench/plv/train.tsv > pred.jsonl          the coder as it is
    python benchmarks/rivals.py plv-head ../shared/bench/plv/train.tsv > pred.jsonl     with a head, out of fold
    python benchmarks/rivals.py gsr ../shared/bench/plover_gsr/PLOVER_GSR_CAMEO.txt > pred.jsonl
    ../shared/bench/score.py plv pred.jsonl; ../shared/bench/score.py gsr pred.jsonl

Each sentence is a document of its own. Kinds become PLOVER roots by the table of docs/exports.md, surest claim
first. Many sentences of plv tell domestic acts, which the coding guide leaves out; so the head, a logistic
regression (scikit-learn, the `training` extra), learns the roots of that set from what the coder makes of a
sentence (tags, claims) and from its words, in five folds: each sentence is predicted by a model that has not
seen it.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np

from communique.coding.coder import Coder
from communique.export.ontologies import plover_root
from communique.records import Claim, Document, Kind, sha256

FOLDS = 5
_KINDS = get_args(Kind)


@dataclass(frozen=True)
class Coded:
    """A sentence as the coder has it: its claims (surest first), the highest tag of each kind, its lemmas."""

    claims: tuple[Claim, ...]
    tags: np.ndarray
    lemmas: str

    @property
    def roots(self) -> list[str]:
        """The PLOVER roots of the claims, surest first, each once."""
        found = (plover_root(c.kind, c.stage) for c in self.claims)
        return list(dict.fromkeys(root for root in found if root))


def coded(sentences: Iterable[str]) -> Iterator[Coded]:
    """What the coder makes of each sentence."""
    coder = Coder()
    assert coder.models is not None
    for annotation in coder.annotations(_document(n, s) for n, s in enumerate(sentences)):
        coding = coder.code_annotation(annotation)
        numbers = range(len(annotation.parse.sentences))
        tags = coder.models.tagger.tags(annotation.parse, numbers) if coder.models.tagger else {}
        highest = [max((found.kinds[kind] for found in tags.values()), default=0.0) for kind in _KINDS]
        words = " ".join(token.lemma_.lower() for token in annotation.parse.doc)
        yield Coded(tuple(sorted(coding.claims, key=lambda c: -c.confidence)), np.array(highest), words)


def plv(path: Path) -> None:
    """Prints the roots of each sentence of the set, from the coder as it is."""
    rows = _sentences(path)
    for row, found in zip(rows, coded(r["sentence"] for r in rows), strict=True):
        print(json.dumps({"id": row["id"], "roots": found.roots}))


def plv_head(path: Path) -> None:
    """Prints the roots of each sentence, best first, from the head; out of fold."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    rows = _sentences(path)
    found = list(coded(r["sentence"] for r in rows))
    roots = np.array([r["root"] for r in rows])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    for known, asked in folds.split(roots, roots):
        learn, ask = _features(rows, found, known, asked)
        head = LogisticRegression(C=3, max_iter=300).fit(learn, roots[known])
        for index, row in zip(asked, head.decision_function(ask), strict=True):
            best = head.classes_[np.argsort(-row)]
            print(json.dumps({"id": rows[index]["id"], "roots": list(best[:1])}))


def gsr(path: Path) -> None:
    """Prints the events of each sentence of the set with their codes."""
    records = json.loads(path.read_text(encoding="utf-8"))
    unique = {r["id"]: r["text"] for r in records if r["event"] != "DOCUMENT"}
    for id_, found in zip(unique, coded(unique.values()), strict=True):
        claims = ((plover_root(c.kind, c.stage), c) for c in found.claims)
        events = [{"root": root, "codes": sorted({a.code for a in c.actors})} for root, c in claims if root]
        print(json.dumps({"id": id_, "events": events}))


def _sentences(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _document(number: int, text: str) -> Document:
    return Document(
        id=str(number), text=text, origin="bench", raw_sha256=sha256(text), text_sha256=sha256(text)
    )


def _features(
    rows: Sequence[dict[str, str]], found: Sequence[Coded], known: Sequence[int], asked: Sequence[int]
) -> tuple[Any, Any]:
    """Features to learn from and to ask with: tags and claims; lemmas; words; words between the marked actors."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    marked = [_marked(row) for row in rows]
    texts = [[c.lemmas for c in found], marked, [_between(text) for text in marked]]
    numbers = np.array([_numbers(c) for c in found])
    learn, ask = [csr_matrix(numbers[known])], [csr_matrix(numbers[asked])]
    for longest, text in zip((2, 2, 1), texts, strict=True):
        words = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, longest))
        learn.append(words.fit_transform([text[i] for i in known]))
        ask.append(words.transform([text[i] for i in asked]))
    return hstack(learn).tocsr(), hstack(ask).tocsr()


def _numbers(one: Coded) -> np.ndarray:
    """The log-odds of the tags, scaled to the weight of words, and the confidence of the claims of each kind."""
    odds = np.log((one.tags + 1e-4) / (1 - one.tags + 1e-4)) * 0.3
    sure = [max((c.confidence for c in one.claims if c.kind == kind), default=0.0) for kind in _KINDS]
    return np.concatenate([odds, sure])


def _marked(row: dict[str, str]) -> str:
    text = row["sentence"].lower()
    return text.replace(row["source"].lower(), " xsource ").replace(row["target"].lower(), " xtarget ")


def _between(marked: str) -> str:
    ends = sorted((marked.find("xsource"), marked.find("xtarget")))
    return marked[ends[0] : ends[1]] if ends[0] >= 0 else ""


if __name__ == "__main__":
    verbs = {"plv": plv, "plv-head": plv_head, "gsr": gsr}
    if len(sys.argv) != 3 or sys.argv[1] not in verbs:
        sys.exit(__doc__)
    verbs[sys.argv[1]](Path(sys.argv[2]))
