"""The documents that come with Hjemmel, as text, and catalogue.toml, which says what each is."""
