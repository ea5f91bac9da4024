"""A session saved from a file that is damaged."""
