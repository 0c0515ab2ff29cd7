"""What tests of the actions share."""

from tests.support.platform_fixtures import customer, gateways, manager, platform, post

__all__ = ["customer", "gateways", "manager", "platform", "post"]
