"""The words of a question: reading a scenario file, explaining its numbers, and signing its contracts."""
