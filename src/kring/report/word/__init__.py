"""The report for Word."""
