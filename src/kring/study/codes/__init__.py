"""The codes of a study: one codebook for its session files, and what became of it."""
