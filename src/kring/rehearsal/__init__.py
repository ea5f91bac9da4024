"""The third face of a session: a simulated group that talks, is late, drops its connection and interrupts.

`script` is what the group does by itself, `Companion` plays it on a session that somebody else has hands on too, and
`write_session` writes a whole session at once.
"""
