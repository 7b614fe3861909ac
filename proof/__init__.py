"""The write path on trial: every command killed, torn, unsynced or failed at every call that changes the disk."""
