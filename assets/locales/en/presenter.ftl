# Presenter mode, and the speaker's notes in a second terminal.

key-present = Presenter mode: code, picture and one large sentence for a whole room, and back
