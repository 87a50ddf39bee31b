"""What runs are made for: questions that take more than one scenario to answer."""
