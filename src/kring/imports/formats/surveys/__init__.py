"""Answers to questionnaires, of survey tools and plain spreadsheets: one row per respondent."""
