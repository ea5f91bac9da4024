"""COREQ: the criteria for reporting qualitative research, filled as far as the session files go."""
