"""What one would pick instead; each runs in bench/.venv."""
