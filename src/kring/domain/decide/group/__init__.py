"""Verbs of how the group is led."""
