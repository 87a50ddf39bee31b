"""What marketing articles claim, put to the test: one row is one claim, its scenario, and its verdict."""
