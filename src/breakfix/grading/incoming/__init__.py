"""Submissions that come as files: found in folders and zips, vetted, and put in their place.

Nothing here is trusted: every byte was made by a learner, or passed a platform that let them name
it.
"""
