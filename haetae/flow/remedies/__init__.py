"""What is asked of others than the operator: of hosts, CDNs, search engines and access providers.

They stand between a picture and those who would see it. Nothing that they do is a removal by the operator, and none of
it is ever counted as one.
"""
