"""What the task pane asks for besides what xlwings Server has itself."""
