"""What leaves a session file: reading it once, and one module a format."""
