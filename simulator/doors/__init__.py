"""The platform's API: one module per family, each a table of doors."""
