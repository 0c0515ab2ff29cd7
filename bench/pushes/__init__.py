"""How many pushes a minute can bear: through the platform's HTTP, in flight, and from the due reminder on."""

from bench.place import Place
from bench.pushes import in_flight, reminders, sustained
from bench.row import Row

MEASURES = (sustained.rows, in_flight.rows, reminders.rows)


async def rows(here: Place) -> list[Row]:
    """All three. Nothing else may send from this database meanwhile."""
    return [row for measure in MEASURES for row in await measure(here)]
