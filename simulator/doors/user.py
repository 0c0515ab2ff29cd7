"""What the account may know about a follower."""

from typing import Any

from simulator.doors.door import OA, Call, Door, account_of, receiver
from simulator.world import World


def info(world: World, call: Call) -> dict[str, Any]:
    """Nickname and avatar are no longer told; of somebody who does not follow, only the openid."""
    person = receiver(world, account_of(call), call.query.get("openid"))
    openid = call.query["openid"]
    if not person.follows:
        return {"subscribe": 0, "openid": openid, "unionid": person.unionid, "tagid_list": []}
    return {
        "subscribe": 1,
        "openid": openid,
        "nickname": "",
        "sex": 0,
        "language": "zh_CN",
        "city": "",
        "province": "",
        "country": "",
        "headimgurl": "",
        "subscribe_time": int(call.now.timestamp()),
        "unionid": person.unionid,
        "remark": "",
        "groupid": 0,
        "tagid_list": sorted(person.tags),
        "subscribe_scene": "ADD_SCENE_QR_CODE" if person.entered_by else "ADD_SCENE_SEARCH",
        "qr_scene": 0,
        "qr_scene_str": person.entered_by,
    }


DOORS = (Door(path="/cgi-bin/user/info", serve=info, wants=OA, method="GET"),)
