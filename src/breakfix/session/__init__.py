"""The learner's session on this computer: lock, journal, faults and checks."""
