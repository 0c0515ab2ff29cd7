"""Measurements of the service beside what one would pick instead; nothing is asserted."""
