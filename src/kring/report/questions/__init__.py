"""Question by question: what was asked and how it went, with all that was said, answered and noted on it."""
