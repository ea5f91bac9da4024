"""Keeping a session file and the stream of its session level: the agent, its connection, and how far it came."""
