"""What was said: quotes, summaries and tags, on the first page and under each question."""
