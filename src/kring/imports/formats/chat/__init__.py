"""What was written in the chat of a meeting, as platforms save it."""
