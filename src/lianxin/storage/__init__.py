"""Files, git and the index: the only layer that knows how records are kept."""

#: A record is a page of text; whatever is larger is no record.
MAX_BYTES = 1_000_000
#: Folders of what an office defines.
DEFINING = ("policy", "campaigns", "forms", "reports")
#: Where what two desks wrote differently waits to be settled, in the data folder.
UNSETTLED = "unsettled"
