"""The discussion guide in Word, for who commissioned the study to sign off."""
