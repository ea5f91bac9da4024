"""The list of a study's recruitment in its folder, read and changed in place."""
