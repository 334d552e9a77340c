# What the readers of JSON and TOML say of a broken file.

format-missing = missing field `{ $name }`
format-duplicate = duplicate field `{ $name }`
format-no-fields = unknown field `{ $name }`, there are no fields
format-field = unknown field `{ $name }`, expected { $known }
format-variant = unknown variant `{ $name }`, expected { $known }
format-type = invalid type: { $found }, expected { $wanted }
format-value = invalid value: { $found }, expected { $wanted }
format-length = invalid length { $count }, expected { $wanted }
format-signs = expected { $signs }
format-keys = expected a key such as "x", or a list of them
format-no-outcome = there is at least one outcome
format-outcome-globals = every outcome names the same globals
format-outcome-twice = the same outcome twice
format-thing-twice = the same thing twice
format-twice = `{ $name }` twice
format-languages = expected ["en"], ["zh"] or ["en", "zh"]
format-id = `{ $name }` is not a name: use small letters, digits and `-`
format-seed-missing = it is not said how seed { $seed } ends
format-seed-twice = seed { $seed } cannot end in two ways
format-seed = seed { $seed } is not among the seeds 1 to 20
format-syntax = { $syntax }
format-syntax-signs = { $syntax }, expected { $signs }
format-other = not understood ({ $text })
format-column = { $reason } (column { $column })

format-eof = the text ends too early
format-no-value = a value is missing
format-escape = `\` is followed by what cannot be
format-control = there is a control character in a string
format-number-wrong = this is no number
format-large = the integer is too large
format-key-string = a key must be a string
format-comma-extra = there is a comma too many
format-trailing = there is something behind the end
format-deep = it is nested too deeply
format-unclosed = a bracket is not closed
format-key-alone = a key without `=` and a value
format-key-twice = a key stands twice
format-key-wrong = this is no key
format-quotes = a string needs quotation marks
format-string-wrong = this string is wrong
format-no-comma = a comma is missing
format-equals-extra = there is a `=` too many
format-value-wrong = this is no value

format-a-boolean = boolean `{ $text }`
format-an-integer = integer `{ $text }`
format-a-float = floating point `{ $text }`
format-a-string = string { $text }
format-a-null = null
format-a-list = a list
format-a-map = an object
format-a-date = a date

format-some-string = a string
format-some-boolean = a boolean
format-some-list = a list
format-some-map = an object
format-some-text = a string or an integer of 64 bits
format-some-natural = a whole number from 0 on
format-some-u8 = a whole number from 0 to 255
format-some-u16 = a whole number from 0 to 65535
format-some-u32 = a whole number from 0 to 4294967295
format-some-integer = a whole number
format-some-number = a number
format-some-verdict = "proved", or a list of what goes wrong, such as ["deadlock"]
format-some-ends = "finished", "deadlock", "crash", "limit", or such a name with a list of seeds
