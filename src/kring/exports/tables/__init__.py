"""The tables of a session as they leave: read, made for people, and explained."""
