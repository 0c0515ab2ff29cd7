"""What tests of the the scheduler share."""

from tests.support.platform_fixtures import gateways, manager, platform, post

__all__ = ["gateways", "manager", "platform", "post"]
