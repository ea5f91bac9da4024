"""The sentences of facts that belong together, a module for each; `domain/sentences.py` has them all."""
