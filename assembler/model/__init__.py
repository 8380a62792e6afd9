"""What things are: frozen values that import nothing of ours but each other."""
