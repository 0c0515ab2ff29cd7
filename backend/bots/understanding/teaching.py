"""Learning the classifiers from text: `python -m` this module writes the model to standard output.

Needs scikit-learn, so nothing that answers people imports it.
"""

import sys
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from backend.bots.safety import cleared
from backend.bots.understanding.danger_text import DangerExample, danger_examples
from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.features import features, wide_features
from backend.bots.understanding.learned import DANGER, HARMLESS, Learned, to_bytes
from backend.bots.understanding.page_text import PageExample, page_examples
from backend.bots.understanding.panel import Classifier, Weights
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.training_text import Example
from backend.bots.understanding.training_text import examples as written_out

# Any fixed moment: the text's 明天 and 下周三 only have to be taken for times.
_THEN = datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
_FIT, _FIT_OF_RARE, _FIT_OF_WISHES = 20.0, 100.0, 1.0
_MET, _MET_BY_WISHES = 2, 3  # what fewer lines hold tells nothing
_ROUNDS = 60
# Makes likelihoods of the borders' distances: on families held out a wish that is named with 0.7 is right in 7 of 10.
_SHARPNESS = 4.5
_HARD = 3.0  # a line written for the border counts as so many of everyday


def reduced(text: str) -> str:
    """The line as the classifier of wishes reads it, facts as marks."""
    return read_facts(plain(text), _THEN).rest


def teach(
    examples: Sequence[Example], dangers: Sequence[DangerExample], questions: Sequence[PageExample]
) -> Learned:
    """The same examples always give the same numbers."""
    wishes = _learned_wishes([reduced(one.text) for one in examples], [one.intent for one in examples])
    everyday = [(cleared(one.text), HARMLESS, 1.0) for one in examples]
    hard = [(cleared(one.text), DANGER if one.danger else HARMLESS, _HARD) for one in dangers]
    lines, labels, weights = zip(*everyday, *hard, strict=True)
    pages = _learned([reduced(one.text) for one in questions], [one.page for one in questions], even=False)
    return Learned(wishes=wishes, danger=_learned(lines, labels, weights), pages=pages)


def _learned_wishes(lines: Sequence[str], labels: Sequence[str]) -> Classifier:
    """By the widest border between each wish and all others."""
    vectorizer = TfidfVectorizer(analyzer=wide_features, binary=True, min_df=_MET_BY_WISHES, dtype=np.float32)
    learner = LinearSVC(C=_FIT_OF_WISHES, class_weight="balanced", random_state=0)
    learner.fit(vectorizer.fit_transform(lines), labels)
    return _classifier(
        vectorizer, learner.classes_, learner.coef_.T * _SHARPNESS, learner.intercept_ * _SHARPNESS
    )


def _learned(
    lines: Sequence[str],
    labels: Sequence[str],
    weights: Sequence[float] | None = None,
    *,
    even: bool = True,
) -> Classifier:
    """`even`: rare labels count as much as frequent ones."""
    vectorizer = TfidfVectorizer(analyzer=features, binary=True, min_df=_MET, dtype=np.float32)
    seen = vectorizer.fit_transform(lines)
    two = len(set(labels)) == 2
    learner = LogisticRegression(
        C=_FIT if even else _FIT_OF_RARE,
        solver="liblinear" if two else "saga",
        max_iter=_ROUNDS,
        tol=1e-2,
        class_weight="balanced" if even else None,
        random_state=0,
    )
    learner.fit(seen, labels, sample_weight=weights)
    columns, bias = learner.coef_.T, learner.intercept_
    if two:  # one column tells both apart: the second label's against the first's
        columns, bias = np.hstack([columns * 0, columns]), np.hstack([bias * 0, bias])
    return _classifier(vectorizer, learner.classes_, columns, bias)


def _classifier(
    vectorizer: TfidfVectorizer, labels: Sequence[str], columns: Weights, bias: Weights
) -> Classifier:
    return Classifier(
        labels=tuple(map(str, labels)),
        places={str(name): place for place, name in enumerate(vectorizer.get_feature_names_out())},
        rarity=vectorizer.idf_.astype(np.float32),
        weights=columns.astype(np.float32),
        bias=bias.astype(np.float32),
    )


if __name__ == "__main__":
    everyday = written_out()
    sys.stdout.buffer.write(to_bytes(teach(everyday, danger_examples(), page_examples(everyday))))
