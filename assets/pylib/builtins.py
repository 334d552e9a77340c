"""The built-in functions that are written in Python, because they call functions of the program."""
