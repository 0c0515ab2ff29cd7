"""No limits: whoever asks may send."""

from datetime import timedelta

from backend.gateways.post import Channel, Turns


class Unhurried:
    async def take(self, channel: Channel, count: int, *, urgent: bool) -> Turns:
        return Turns(granted=count)

    async def hold(self, channel: Channel, span: timedelta) -> None:
        pass
