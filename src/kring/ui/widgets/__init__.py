"""What the screens are built of; each knows lines, keys and text, and nothing of focus groups."""
