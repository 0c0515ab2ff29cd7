"""Whether the templates our messages use are the ones the platform has granted."""
