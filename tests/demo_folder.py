"""Where the processes of one run share the demo year; conftest makes the folder and removes it."""

FOLDER = "YINXIAN_TESTS_DEMO"
