"""Views: pure functions of what is true and what time it is, to lines; each panel shows one."""
