"""How the group is led: the time to come, and who sits where."""
