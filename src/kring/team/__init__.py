"""One session on several laptops: who shares it, who joins, and the agent that brings acts there and back.

Nothing of this is loaded, and no socket opened, unless somebody shares or joins.
"""

ENDING = ".share"
"""What the folder beside a session file is called, in which lies what sharing needs."""
