"""Statements of reasons: what an operator did about a request, in the form of the EU's DSA Transparency Database."""
