"""What an operator reads when the embedded services cannot run."""


class EmbeddedServicesUnavailable(Exception):
    """A sentence about why, which also says where to look."""
