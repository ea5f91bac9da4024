"""Verbs: pure decisions `(state, now, …) -> fact`, or `Refused`; one file a noun. `now` is epoch ms UTC."""
