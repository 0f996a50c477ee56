"""The proof of a lab: healthy passes, broken fails, repaired passes, wrong repairs are refused."""
