"""QR codes as pictures inside a page: nothing is asked from elsewhere, and they print sharp."""

import segno
from markupsafe import Markup


def svg(content: str, *, scale: int = 5) -> Markup:
    """The code of a text; `scale` is the size of one module in pixels."""
    return Markup(segno.make(content, error="m").svg_inline(scale=scale, border=2, light="white"))  # noqa: S704  segno's own markup; the content is in the modules
