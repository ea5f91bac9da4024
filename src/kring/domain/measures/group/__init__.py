"""Figures of how the group answers and is led: what it yields, the time to come, who sits where."""
