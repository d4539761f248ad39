"""A detector of wholly generated pictures, taught by photographs beside their own reconstructions.

Each photograph goes through a small autoencoder that is trained here, so that both of a pair show the same thing, from
the same camera, and differ in nothing but having been drawn by a decoder. The decoders stay out of the repository.
"""
