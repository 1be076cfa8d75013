"""消息: messages to people, in their own space; other channels (text message, app) plug into a socket."""
