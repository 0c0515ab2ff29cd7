"""The templates the company registered with the platform, and those our messages use, are the same."""

import json
import re
import tomllib

from config.settings import PROJECT_ROOT


def test_every_template_of_our_messages_is_registered_with_the_same_fields() -> None:
    texts = (PROJECT_ROOT / "config" / "messages" / "templates.toml").read_text(encoding="utf-8")
    platform = (PROJECT_ROOT / "simulator" / "data" / "templates.json").read_text(encoding="utf-8")
    ours = {
        (template["id"], kind): set(template["fields"])
        for pair in tomllib.loads(texts).values()
        for kind, template in pair.items()
    }
    registered = {
        (template["template_id"], template["kind"]): set(re.findall(r"\{\{(\w+)\.DATA", template["content"]))
        for template in json.loads(platform)["templates"]
    }
    assert ours == registered
