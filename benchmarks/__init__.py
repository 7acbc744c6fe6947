"""What we measure: how right (gold) and how fast (speed)."""
