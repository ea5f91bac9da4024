"""What takes the lower part of a live screen when it's needed: a poll, a proposal, the participants, a matrix."""
