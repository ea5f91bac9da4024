"""What is known of the languages that people speak in a session."""
