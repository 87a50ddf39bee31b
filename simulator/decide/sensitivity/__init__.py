"""What the answer hangs on: which of the numbers that nobody knows move it, and which turn the decision around."""
