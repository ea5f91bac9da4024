"""The session file: its schema, the one connection that writes it, and what is done when it's damaged."""
