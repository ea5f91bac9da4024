"""What becomes true of how the group is led."""
