"""What others load by name: `breakfix.lab()`, and the child process of the checks."""
