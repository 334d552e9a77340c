# A key that chooses a thread was pressed, and there is no such thread.

notice-no-thread = There is no thread { $number } ({ $letter }) in this run.
notice-no-thread-yet = Thread { $number } ({ $letter }) does not exist yet.
