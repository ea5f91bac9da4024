"""Getting in at an agency's server: what is signed, how a code holds it, and by what the server is known."""
