"""How checks look at machines: testinfra through observers, in a kept child process."""
