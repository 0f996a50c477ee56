"""What the parts of breakfix ask of each other, as protocols; and the few small things that front
ends and adapters do alike."""
