"""A detector of altered faces, taught by faces that were altered by nothing but themselves.

No second person is ever blended in. After Shiohara and Yamasaki, "Detecting Deepfakes with Self-Blended Images",
CVPR 2022, with other sources of the altered half: the face's own mirror image, and the face as a weak decoder would
draw it.
"""
