"""The commands of the shell: `kring run`, `kring new`, …"""

import sys


def main() -> int:
    """Run one command and return its exit code."""
    print("kring", sys.argv[1:])
    return 0
