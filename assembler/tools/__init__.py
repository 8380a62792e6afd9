"""External programs and the edges of the disk."""
