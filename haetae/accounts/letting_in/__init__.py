"""How somebody is let in for the first time: one way, for agencies and for operators."""
