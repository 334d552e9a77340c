# Presenter mode, and the speaker's notes in a second terminal.

key-present = Presenter mode: code, picture and one large sentence for a whole room, and back
presenter-questions = Before it runs: what do you expect?
presenter-predict = `p` takes your answers and shows who was right.
