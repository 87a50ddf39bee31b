"""The model's own streams of words, and batteries that look for patterns in them."""
