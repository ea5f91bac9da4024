"""Observers of a shared session: what they are sent, what they may say, and nothing else."""
