"""One session on several laptops: who shares it, who joins, and the agent that brings acts there and back.

Nothing of this is loaded, and no socket opened, unless somebody shares or joins.
"""
