"""People, sites and cases for tests; every builder gives the least a story needs."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from backend.actions import applications, people
from backend.actions.act import Act
from backend.actions.people import Identity
from backend.models import ConnectionApplication, Customer, PreServiceProject, Site, Staff, WechatIdentity
from backend.rules.filing import Filing
from backend.rules.stages import Role
from config import policy

MONDAY_15 = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""A Monday, 15:00 in Shanghai."""

ADDRESS = "新郑市龙湖镇龙湖锦园三号楼501"


def an_act(by: Role = "customer", at: datetime = MONDAY_15, **who: Any) -> Act:
    """Both clocks stand at `at`."""
    return Act(by=by, now=at, real_now=at, **who)


async def a_member_of_staff(login: str, *roles: str, **more: Any) -> Staff:
    """Known to WeCom by the login and to the account by `<login>-openid`, unless `more` says otherwise."""
    fields = {
        "login": login,
        "name": login[:20],
        "phone": "13800000001",
        "password_hash": "x",
        "roles": list(roles or (login,)),
        "department": "customer_service",
        "districts": [],
        "wecom_user_id": login,
        "openid": f"{login}-openid",
        "created_at": MONDAY_15,
    }
    return await Staff.create(**{**fields, **more})


async def an_accepted_site(name: str = "龙湖锦园", kind: str = "resident") -> Site:
    """A site whose project has passed acceptance: ignition clocks of its applications start at once."""
    site = await Site.create(name=name, key=name, customer_kind=kind, district="龙湖镇", created_at=MONDAY_15)
    await PreServiceProject.create(
        site_id=site.id,
        customer_kind=kind,
        address=name,
        stage="accepted",
        policy_version=policy.current().version,
        opened_at=MONDAY_15,
        stage_at=MONDAY_15,
    )
    return site


async def a_customer(openid: str | None = None, *, follows: bool = True) -> Customer:
    """Known to the account by `openid`; follows it unless told otherwise."""
    openid = openid or f"oa-{uuid4().hex[:12]}"
    customer = await people.identify(Identity(app="official_account", openid=openid), now=MONDAY_15)
    await WechatIdentity.filter(openid=openid).update(follows=follows)
    return customer


def a_filing(**more: Any) -> Filing:
    """A resident's, in the chat, at an address of 龙湖锦园."""
    fields = {
        "customer_kind": "resident",
        "contact_name": "张三",
        "contact_phone": "13812345678",
        "address": ADDRESS,
        "channel": "official_account",
    }
    return Filing(**{**fields, **more})


async def an_application(
    customer: Customer | None = None, *, at: datetime = MONDAY_15, **more: Any
) -> ConnectionApplication:
    """Filed by the customer in the chat at `at`."""
    customer = customer or await a_customer()
    return await applications.accept(a_filing(**more), act=an_act(at=at, customer_id=customer.id))
