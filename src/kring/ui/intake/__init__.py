"""The screen on which files of other programs are looked at, matched and placed before they come into a session."""
