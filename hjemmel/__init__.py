"""What a person runs: the store, the command line, the endpoint and the pages."""
