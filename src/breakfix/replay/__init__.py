"""Evidence into fresh, sealed machines, and what the checks say there."""
