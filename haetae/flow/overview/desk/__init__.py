"""What an operator sees at its desk: its own requests and nothing of the people behind them.

`rows` what waits for it, the most urgent first · `one` a request in full · `connection` how it is reached
"""
