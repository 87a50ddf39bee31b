"""`python -m simulator` is the command `simulator`."""

from simulator.cli.main import main

main()
