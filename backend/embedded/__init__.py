"""Real PostgreSQL and Valkey on this machine, for development and tests: used where no address is given.

    async with embedded.services(settings) as urls:   # or a plain `with`
        ...  # urls.database_url, urls.redis_url

Any number of processes may do this at once; the first starts the servers, the last to leave stops them.
"""

from backend.embedded.errors import EmbeddedServicesUnavailable
from backend.embedded.services import Services, ServiceUrls, services

__all__ = ["EmbeddedServicesUnavailable", "ServiceUrls", "Services", "services"]
