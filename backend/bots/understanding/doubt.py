"""Where a line leaves two meanings near each other, the person is asked which is meant.

The borders are measured (`make assistant-report`): of a hundred lines of people not met before, nearly one wrong guess is
mended by the question, and about one right guess is asked for nothing. Wider borders ask four times for nothing for each
further guess they mend.
"""

from backend.bots.understanding.values import Understanding

_SURE = 0.45  # below this nobody is answered by a guess
_FIRM, _NEAR = 0.6, 0.2  # below `_FIRM` the next likeliest has to lie so far behind


def is_unsure(understood: Understanding) -> bool:
    """Too unlikely to act upon."""
    return understood.confidence < _SURE


def is_between_two(understood: Understanding) -> bool:
    """Two meanings too close to choose for somebody."""
    second = understood.runner_up
    return (
        understood.confidence < _FIRM
        and second is not None
        and understood.confidence - second.confidence < _NEAR
    )
