### Pictures: what stands next to the program.

pane-picture = Stage
picture-colon = { ": " }
picture-more = and { $n } more

## Threads and objects

graph-waits = waits for
graph-held = held by
graph-joins = waits for the end of
graph-circle = A circle of waits: nobody in it can go on
graph-circle-short = A circle of waits
graph-circle-timed = A circle of waits, until a time-out ends it
graph-row-holds = { " " }holds { $objects }
graph-row-waits = { " " }waits for { $object }
graph-row-waits-too = , waits for { $object }
graph-row-joins = { " " }waits for the end of { $thread }
graph-row-joins-too = , waits for the end of { $thread }
graph-more-objects = { $n } objects more

## A car park

slots-free = { $n } of { $of } free
slots-too-many = { $n } cars in { $of } places
slots-believes = The semaphore would let { $n } more in
slots-queue = at the entrance
slots-coming = on the way
slots-gone = gone
slots-inside = inside

## A signal

light-red = red
light-green = green
light-before = before it: { $n }
light-past = past it: { $n }
light-on-red = on red

## A table

ring-eats = eats
ring-waits = wants { $object }
