"""The monthly verbs: each a plan that can be shown, and an act that carries it out."""
