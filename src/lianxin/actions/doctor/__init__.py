"""Looking over a machine and a data folder."""
