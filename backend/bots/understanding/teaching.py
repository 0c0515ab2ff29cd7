"""Learning the classifier from text: `python -m` this module writes the model to standard output.

Needs scikit-learn, so nothing that answers people imports it.
"""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.features import features
from backend.bots.understanding.model import Model, to_bytes
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.training_text import Example
from backend.bots.understanding.training_text import examples as written_out
from backend.bots.understanding.values import Intent

# Any fixed moment: the text's 明天 and 下周三 only have to be taken for times.
_THEN = datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
_FIT = 8.0
_ROUNDS = 50


def reduced(text: str) -> str:
    """The line as the classifier reads it, facts as marks."""
    return read_facts(plain(text), _THEN).rest


def teach(examples: Sequence[Example]) -> Model:
    """The same examples always give the same model."""
    lines = [reduced(example.text) for example in examples]
    vectorizer = TfidfVectorizer(analyzer=features, binary=True, min_df=2, dtype=np.float32)
    seen = vectorizer.fit_transform(lines)
    classifier = LogisticRegression(
        C=_FIT, solver="saga", max_iter=_ROUNDS, tol=1e-2, class_weight="balanced", random_state=0
    )
    classifier.fit(seen, [example.intent for example in examples])
    return Model(
        intents=tuple(cast("Intent", str(name)) for name in classifier.classes_),
        places={str(name): place for place, name in enumerate(vectorizer.get_feature_names_out())},
        rarity=vectorizer.idf_.astype(np.float32),
        weights=classifier.coef_.T.astype(np.float32),
        bias=classifier.intercept_.astype(np.float32),
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(to_bytes(teach(written_out())))
