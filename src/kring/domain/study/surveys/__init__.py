"""The surveys among customers that belong to a study: what they say in figures, and what to ask a group about them."""
