"""What other programs made of an evening: read by its structure, shown, and only then brought in."""
