"""The account's menu, as `config/menus.toml` says it, put in place by an administrator."""

from backend.actions.act import Act
from backend.gateways.wechat.official_account import OfficialAccount
from backend.models import AuditEntry
from config.menus import menu


async def publish(account: OfficialAccount, *, act: Act) -> None:
    """Puts the menu in place and notes who did. Raises WeChatTrouble."""
    await account.create_menu(menu().as_platform())
    await AuditEntry.create(staff_id=act.staff_id, action="menu_published", at=act.now, facts={})
