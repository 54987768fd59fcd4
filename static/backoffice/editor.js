// Gives each rich text editor the name of its field, and its buttons Dutch names: the library does neither.
