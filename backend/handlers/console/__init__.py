"""/console/…: the desktop pages.

How a desk adds a page:
- Who may come in: a door in `config/roles.toml` (the one of the staff API where there is one; page and call then refuse the
  same people). Its entry in the navigation: a row in `config/console.toml`, name and hint in `messages/console.toml`.
- Texts: `config/messages/console_<desk>.toml`, found by itself; `{{ t.<heading>.<name> }}` in templates.
- Handlers: `console/<desk>.py` with `routes = Blueprint("console_<desk>", url_prefix="/console/<desk>")`, hung in `_MODULES`
  below. A question begins with `who = await desk.visitor(request, "<door>")`, an act with `await desk.sender(request, "<door>")`;
  an act on a case asks `queries.reach` too. `lists.asked(Shape, request)` reads a list's question. `page(request, who, "<desk>/….html", …)` answers a page, `fragment(…)` a piece of one,
  `flash.done("/console/…", "<name>")` goes on after an act and says [flash] <name> there once. A refused form comes back with
  `forms.refused` as its `draft`, status 422; `forms.once` performs once however often it is sent.
- Templates: `templates/<desk>/….html` extends `desk.html` (blocks title, content, scripts); `ui.html` has the macros: hidden,
  field, select, area, dialog, fault_summary, stage, clock, phone, pager, empty, live.
- Style and script of a desk's own: a file in `static/`, asked for by `static("<name>")`; no inline script or style, no eval.
- What moves: `ui.live(address, seconds)` asks for a fragment again and again while the page is seen; unchanged, it costs a 304.
- From a script, `/api/staff/…` serves with this login; acts need the header X-Form-Token (htmx sends it by itself, others take
  it from `document.body.dataset.formToken`).
- Tests: `tests/support/console.py`; for whom each route is stands in `tests/support/audiences.py`.
"""

from backend.handlers.console import (
    account,
    applications,
    audit,
    board,
    bulk,
    case_acts,
    corrections,
    counter,
    coverage,
    exports,
    figures,
    home,
    hotline,
    hotline_talks,
    imports,
    login,
    members,
    messages,
    pauses,
    regulation,
    system,
    tasks,
    transcripts,
    undelivered,
)
from backend.handlers.console.failures import answer
from backend.handlers.pages.failures import guarded

_MODULES = (
    login,
    home,
    tasks,
    hotline,
    hotline_talks,
    messages,
    applications,
    counter,
    corrections,
    imports,
    bulk,
    members,
    coverage,
    system,
    account,
    regulation,
    case_acts,
    board,
    pauses,
    undelivered,
    transcripts,
    figures,
    exports,
    audit,
)

ALL = tuple(guarded(module.routes, answer) for module in _MODULES)
