"""One errand each: from a message and where the talk stands to what to say, look up or do. Pure."""
