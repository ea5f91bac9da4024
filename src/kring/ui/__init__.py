"""The screens: views of the session, drawn by Textual."""
