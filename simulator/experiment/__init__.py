"""Which runs are played, by how many workers, and how their results are kept."""
