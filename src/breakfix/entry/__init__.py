"""What others load by name: entry points, and processes of ours."""
