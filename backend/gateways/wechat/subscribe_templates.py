"""The templates of subscribe messages: both apps list theirs at the same address, each with its own token."""

from backend.gateways.wechat.answers import Template, need
from backend.gateways.wechat.bodies import as_list, as_text
from backend.gateways.wechat.door import Door
from backend.gateways.wechat.transport import PLATFORM


async def list_subscribe_templates(door: Door) -> tuple[Template, ...]:
    """Those granted to the app behind this door. Raises WeChatTrouble."""
    answer = await door.ask(lambda client: client.get(f"{PLATFORM}/wxaapi/newtmpl/gettemplate"))
    return tuple(
        Template(
            template_id=need(entry, "priTmplId"),
            title=as_text(entry.get("title")),
            content=as_text(entry.get("content")),
        )
        for entry in as_list(answer.get("data"))
    )
