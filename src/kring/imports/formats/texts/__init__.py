"""Transcripts that are plain text or a document: a time and a name beside, above or below what was said."""
