"""What becomes true of how the group answers and is led."""
