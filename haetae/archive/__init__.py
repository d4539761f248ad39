"""Scanning an archive of any size: parts, each examined once, each one file of a report. It knows no database.

`sources` say which files there are, `rows` what is said of each, `forms` how a part is written, `reports` what is
done and what is left; `processes` and `cluster` are two ways of having parts examined, with the same answers.
"""
