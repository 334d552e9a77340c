# Themes and keys of one's own.

where-everywhere = everywhere
where-stage = the stage
where-gallery = the gallery
where-explore = all interleavings
keys-how = What is changed has a star. To change keys, put what `lockstep keys --toml` prints into { $file }, and take the # away where you change something.
place-keys = keys        {""}
place-themes = themes      {""}
reload-refused = The file has changed, and something is wrong with it
