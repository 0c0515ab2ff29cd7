"""What the platform remembers: everything in memory, no HTTP."""
