"""What those who only watch may see of a session, where it comes from, and what they may say."""
