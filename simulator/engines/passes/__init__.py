"""Compiled passes over the columns of one run. What `followers_mesa` does person by person, in the same bits."""
