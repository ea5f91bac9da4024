"""Where the times of a file lie, by the speech in it beside the turns of the log."""
