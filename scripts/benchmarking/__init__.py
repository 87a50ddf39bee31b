"""What `scripts/benchmark.py` measures with: loads, clocks, a floor in C, and other tools doing the same job."""
