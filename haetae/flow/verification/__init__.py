"""We look for ourselves: is it gone?"""
