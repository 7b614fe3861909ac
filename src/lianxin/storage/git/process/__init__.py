"""The git program as a process: started in one place, guarded, waited for, and what it says when it will not."""
