"""Marks on the sound for programs that play or cut it."""
