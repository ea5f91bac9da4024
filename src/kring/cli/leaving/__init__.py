"""What leaves a session file: what is said of it, and which words of it are names."""
