"""What a run gives, what it means, where it is kept, and what it adds up to."""
