"""The control room, for officials: the flow is seen moving, and never a picture."""
