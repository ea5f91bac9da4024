"""What a name in a file says, and how well it fits that of somebody: nothing is decided here on whom it means."""
