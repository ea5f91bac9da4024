"""Transcripts as lists: JSON of speech recognisers, and tables with a row for each stretch of speech."""
