"""The guides of the groups of a study: what each has, and what one leaves for the next."""
