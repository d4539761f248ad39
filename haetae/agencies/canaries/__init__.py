"""Canaries: harmless pictures that we make ourselves are examined like any other, each week, and what would have been
done to them is counted. Nothing is ever done: there is no place, no operator and no request behind them.
"""
