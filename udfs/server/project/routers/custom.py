"""What the task pane asks for besides what xlwings Server has itself."""

from udfs.server.pages import router

__all__ = ["router"]
