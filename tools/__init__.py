"""What `make` calls: set-up, supervisor, tests and checks.

Standard library only, so that it runs before anything is installed.
"""
