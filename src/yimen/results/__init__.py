"""出件: what was decided is drawn up, signed, put into the person's vault, handed out or sent; then the case closes."""
