"""A city in its heating season, simulated with the production rules: what is pushed when, and what breaks first."""
