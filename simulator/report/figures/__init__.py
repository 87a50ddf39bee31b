"""The figures of a run, one module and one function each: `Reading` in, `Figure` out, or none where it has no data."""
