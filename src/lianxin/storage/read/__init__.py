"""Files read: scanned, parsed strictly, checked, with the place of every fault."""
