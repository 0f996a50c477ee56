"""Courses in nbgrader: assignments of labs, and grades that come from replays alone."""
