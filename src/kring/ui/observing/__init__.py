"""The screen of an observer, who only watches and asks."""
