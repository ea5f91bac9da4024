"""Files that lie in a session file as they are."""
