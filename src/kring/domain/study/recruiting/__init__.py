"""Recruitment: who was approached for a study, who fits, in which group, and who is called next."""
