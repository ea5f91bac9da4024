"""What people can do: one table, of which the live screens, the typed lines and the review each take their slice."""
