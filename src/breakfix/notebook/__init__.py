"""Labs in a notebook: readable tables and progress; reaches labs only through `LabService`."""
