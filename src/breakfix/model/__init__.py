"""Pure values and rules of breakfix; standard library only, no input or output."""
