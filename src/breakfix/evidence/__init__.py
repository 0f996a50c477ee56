"""What a learner hands in: the journal and what changed on the machines."""
