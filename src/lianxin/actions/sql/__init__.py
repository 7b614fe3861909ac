"""Questions put in SQL: what may be asked, of whom, and what came out."""
