"""What others load by name: `breakfix.lab()`, `breakfix.assignment()`, and child processes."""
