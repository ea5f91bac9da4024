"""What was said in all sessions of a study: found, counted, and laid beside each other."""
