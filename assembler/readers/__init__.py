"""From disk to model."""
