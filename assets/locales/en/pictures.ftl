### Pictures: what stands next to the program.

pane-picture = Stage
picture-more = and { $n } more
