"""The model itself: pure functions of named facts that return a probability or a state's new value.

Rules know nothing of engines, files or money. Their language is small on purpose (plain arithmetic, comparisons,
`min`, `max`, if/else, and the functions of `simulator.arithmetic`), so that the same text gives the same bits from
Python and from compiled code. Start reading at `encounter`.
"""
