"""Issues as pages see them: the five haves, the handbook, what is overdue. The morning page is ``reports.today``."""
