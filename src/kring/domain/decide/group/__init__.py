"""Verbs of how the group answers and is led."""
