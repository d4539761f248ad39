"""Somebody reports what they did themselves: at a desk, or on a page that promises them nothing.

What is recorded beyond doubt is the moment. Whether it lowers a penalty is the court's to say: haetae promises nothing,
and the rule of the plan stands in the law data as one that is not in force.
"""
