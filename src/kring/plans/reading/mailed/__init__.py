"""What a mail leaves around a guide: above it, in its midst and below it."""
