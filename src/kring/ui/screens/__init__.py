"""The screens and the small dialogs."""
