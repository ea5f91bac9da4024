"""The list of people that somebody recruits from: where it lies, its words, and what it says."""
