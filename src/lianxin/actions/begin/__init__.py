"""A ledger begun: an empty one, the sample, a campaign pack copied in."""
