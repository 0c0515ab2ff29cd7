"""The templates the company registered with the platform, and those our messages use, are the same."""

import json
import re
import tomllib

from config.settings import PROJECT_ROOT

_USES = {
    "official_account": ("official_account", False),
    "mini_program": ("mini_program", True),
    "subscribe_notice": ("official_account", True),
}
"""The app that has the template, and whether people must have agreed to it."""


def test_every_template_of_our_messages_is_registered_with_the_same_fields() -> None:
    texts = (PROJECT_ROOT / "config" / "messages" / "templates.toml").read_text(encoding="utf-8")
    platform = (PROJECT_ROOT / "simulator" / "data" / "templates.json").read_text(encoding="utf-8")
    ours = {
        (template["id"], *_USES[side]): set(template["fields"])
        for pair in tomllib.loads(texts).values()
        for side, template in pair.items()
    }
    registered = {
        (
            template["template_id"],
            template["kind"],
            template.get("subscribe", template["kind"] == "mini_program"),
        ): set(re.findall(r"\{\{(\w+)\.DATA", template["content"]))
        for template in json.loads(platform)["templates"]
    }
    assert ours == registered
