"""The formats of platforms, transcription services and survey tools: one module for files of one family."""
