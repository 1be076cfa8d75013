"""The peers, in an environment of their own: nothing here may import the house."""
