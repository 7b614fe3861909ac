"""Many offices' books as one data set of Parquet files, which any engine reads."""
