"""A study: several groups around one question, as its researcher writes it down."""
