"""How staff log in: the login library, dressed and narrowed. What they may do afterwards is decided elsewhere."""
