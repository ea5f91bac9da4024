"""Commands for a session that others watch."""
