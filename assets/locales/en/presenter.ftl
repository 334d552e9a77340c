# Presenter mode, and the speaker's notes in a second terminal.

key-present = Presenter mode: code, picture and one large sentence for a whole room, and back
presenter-questions = Before it runs: what do you expect?
presenter-predict = {"{key:predict}"} takes your answers and shows who was right.
presenter-waiting = Nothing is presented now. In another terminal, open a program with Lockstep and press {"{key:present}"} on its stage; this one follows by itself.
presenter-head = { $title }: step { $step }, { $status }
presenter-brief = Before the run
presenter-explanation = The explanation
presenter-note = Now
presenter-next-title = What comes next
presenter-findings = Findings
presenter-earlier = Earlier notes
presenter-answer = Answer: { $answers }
presenter-unanswered = Not known yet: {"{key:predict}"} or {"{key:explore}"} looks for the answer.
presenter-next = { $thread } { $name }, line { $line }: { $action }
presenter-held = { $thread } { $name }, line { $line }: { $clause }
presenter-waiting-plain = Waiting for a presentation. In another terminal, open a program with Lockstep and press P on its stage: its notes are told here by themselves. Ctrl-C ends this.
presenter-over = The presentation has ended.
presenter-none-here = The speaker's notes need Unix sockets, which this system does not have.
presenter-no-place = There is no directory that only you can open: { $reason }
