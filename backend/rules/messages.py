"""Where a message stands."""

UNDELIVERED: frozenset[str] = frozenset({"dead", "called_back"})
"""No channel could deliver it, and nobody has dealt with it yet: `dead` was for staff, `called_back` waits for a call."""
