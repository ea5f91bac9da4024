"""What comes back from programs that exports went to."""
