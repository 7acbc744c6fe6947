"""What must hold: the law's requirements as SHACL shapes."""
