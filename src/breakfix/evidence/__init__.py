"""Evidence: the file that a learner hands in, written, read strictly, compared and explained."""
