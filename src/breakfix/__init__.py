"""breakfix: break/fix labs for IT support."""

__version__ = "0.1.0"
__all__ = ["__version__"]
