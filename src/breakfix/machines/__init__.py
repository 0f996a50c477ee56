"""The engine's adapters: practice machines, their wire, their shells and their images."""
