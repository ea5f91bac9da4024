"""What was coded in programs for analysis, as their files have it."""
