"""Names that stand elsewhere than on the list: in files of platforms, and in the plan's line on recruiting."""
