"""Home, workbench and the one search box."""
