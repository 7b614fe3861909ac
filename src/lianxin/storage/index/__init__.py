"""The index: an SQLite database derived from one tree of HEAD. What is asked of it stands in ``storage.query``."""
