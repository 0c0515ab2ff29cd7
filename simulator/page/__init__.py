"""The page at /, the phones in it, and what they need from the backend."""
