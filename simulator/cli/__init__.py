"""The command line: parse, call, print. Everything else is done below."""
