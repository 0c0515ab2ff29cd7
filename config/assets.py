"""Style sheets and scripts of others that our pages use, as `make install` puts them into node_modules."""

from pathlib import Path

from config.settings import PROJECT_ROOT

_PACKAGES = PROJECT_ROOT / "node_modules"

# Name in our pages' addresses → file.
ASSETS: dict[str, Path] = {
    "bootstrap.css": _PACKAGES / "bootstrap/dist/css/bootstrap.min.css",
    "chart.js": _PACKAGES / "chart.js/dist/chart.umd.min.js",
    "idb-keyval.js": _PACKAGES / "idb-keyval/dist/umd.js",
    "htmx.js": _PACKAGES / "htmx.org/dist/htmx.min.js",
    "swagger-ui.css": _PACKAGES / "swagger-ui-dist/swagger-ui.css",
    "swagger-ui.js": _PACKAGES / "swagger-ui-dist/swagger-ui-bundle.js",
    "weui.css": _PACKAGES / "weui/dist/style/weui.min.css",
}
