"""The regulation as the software understands it, as a page; writes nothing."""
