"""The participants of a plan: from a table, lines or a list of a recruiter or a platform to people with seats."""
