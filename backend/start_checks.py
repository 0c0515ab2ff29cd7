"""A process does not start with a configuration that does not fit together."""

from backend.rules import table_checks
from config import checks
from config.tables import ConfigurationFault


def check_configuration() -> None:
    """Raises ConfigurationFault naming everything that is wrong, by file and line, at once."""
    faults = checks.faults() or table_checks.faults()
    if faults:
        raise ConfigurationFault("\n".join(faults))
