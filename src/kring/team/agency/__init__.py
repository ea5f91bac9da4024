"""Sessions through a server of an agency: who gets in by what, the server's configuration, and its health."""
