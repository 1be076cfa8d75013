"""演示: a demonstration city, walked into being by commands, and the accounts to try it with."""
