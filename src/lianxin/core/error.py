"""Refusals: the tool understood, and will not do it."""


class LianxinError(Exception):
    """A refusal, in one Chinese sentence that names the next step (exit code 3)."""


class UsageError(LianxinError):
    """The words of the command are wrong: a bad period, filter, id or option (exit code 2)."""
