# What is wrong with files of one's own, and what became of them.

wrong-colour = there is no colour `{ $name }`; there are default, { $known }, a number from 0 to 255, and #rrggbb
wrong-modifier = there is no `{ $name }` among what a style can be: { $known }
wrong-parent-broken = it inherits '{ $name }', in which something is wrong
doctor-keys = keys
doctor-themes = themes
doctor-progress = progress
doctor-progress-remedy = `lockstep progress --reset` puts the file aside and begins a new one.
progress-aside = { $path } could not be read. It is kept as { $aside }, and a new one begins.
reload-done = The file has changed and was loaded again.
