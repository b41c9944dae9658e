"""The generator of tiny-chat's training text: data files and grammars in, conversations out."""
