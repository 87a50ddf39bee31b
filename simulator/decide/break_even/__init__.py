"""Where the decision turns: the value of a number at which two plans are worth the same."""
