"""What a researcher works with afterwards: the timeline, search, agreement and measures; pure, no screen, no file."""
