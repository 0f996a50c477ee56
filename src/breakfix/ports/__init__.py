"""What the parts of breakfix ask of each other, as protocols."""
