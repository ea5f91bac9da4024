"""What the screens of the desk share: panels, and keys that stand in one table."""
