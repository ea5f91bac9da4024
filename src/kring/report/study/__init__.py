"""The report of a study: what all its groups said, what the team found in that, and what is done with it."""
