"""The text of a study (`study.md`), read and written: never refused, and nothing of it lost."""
