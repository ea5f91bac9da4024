"""What kring asks of Textual beyond its public names: its insides, how it is read, and its style sheets."""
