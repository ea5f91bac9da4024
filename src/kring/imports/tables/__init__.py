"""Tables that other programs write: their rows, where a table begins in a file, and what its columns hold."""
