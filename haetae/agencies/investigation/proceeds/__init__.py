"""What somebody earned with an offence: traced by officers, proposed for confiscation, decided by the prosecutor.

Nothing is ever taken here: haetae writes down what was found and who decided what about it.
"""
