// The pane's own scripts are in malekort/.
