"""How well category colours are told apart, measured. `python -m tools.palette` prints the figures."""
