"""One session on several laptops: who shares it, who joins, and the agent that brings acts there and back.

Nothing of this is loaded, and no socket opened, unless somebody shares or joins.
"""

ENDING = ".share"
"""What the folder beside a session file is called, in which lies what sharing needs."""


def require_extra() -> None:
    """Raise KringError where the libraries are not there that sharing needs."""
    from importlib.util import find_spec

    from kring.domain.text import KringError

    if not (find_spec("nats") and find_spec("nkeys")):
        raise KringError("To share a session, install kring with its extra team: pipx install --force '.[team]'")
