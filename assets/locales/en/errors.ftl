# What could not be done, and why.

## What the system says

system-missing = no such file or directory
system-denied = permission denied
system-exists = it is there already
system-directory = it is a directory
system-no-directory = not a directory
system-full = no space is left
system-read-only = it can only be read
system-pipe = nobody reads any more
system-end = it ends too early
system-memory = there is not enough memory
system-other = { $text }

## Targets and files

refused-unreadable = { $path }: { $reason }
