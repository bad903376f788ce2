"""The model: scorecards, registers, periods and figures. Nothing here reads a file or asks a clock."""
