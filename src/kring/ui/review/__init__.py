"""The review face: a researcher sees, checks, corrects and codes a session."""
