"""Recordings brought from the laptop on which they were made to another one, in pieces, through the server."""
