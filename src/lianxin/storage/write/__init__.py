"""Files written: new text for a record, the lock, the commit, and putting it in place."""
