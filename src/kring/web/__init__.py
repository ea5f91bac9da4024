"""The page on which observers follow a session in a browser, and the clock for the participants' room.

Nothing of this is loaded, and no socket opened, unless somebody serves it.
"""
