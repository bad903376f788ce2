"""Excel on one person's machine: installing, finding out what is wrong, and where files of the cloud lie."""
