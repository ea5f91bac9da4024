"""The transcript to read, for Word."""
