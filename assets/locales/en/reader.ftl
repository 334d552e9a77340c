# What the reader of the speaker's notes says of itself.

presenter-full = { $n } are listening to this presentation already, and there is no room for more. This one follows as soon as one of them leaves.
reader-leave = Leave
reader-scroll = Scroll
reader-theme = Theme
reader-language = The notes are in the language of the stage: change it there.
