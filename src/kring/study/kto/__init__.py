"""The surveys among customers (KTO) of a study, read from the files that its text names."""
