"""Edits made in Word come back: what they change in each narrative, shown, then applied when asked."""
