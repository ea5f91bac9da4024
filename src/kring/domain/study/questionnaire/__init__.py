"""A questionnaire before it goes out: what in its questions and scales may lead, confuse or tire who fills it in."""
