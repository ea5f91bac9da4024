"""The report of a session: one content, written as a web page, a Word file or Markdown."""
