"""One module per format: a file becomes stored text."""
