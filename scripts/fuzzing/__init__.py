"""Hostile scenario files: how they are made, how the simulator is watched while it reads them. See scripts/fuzz.py."""
