"""Statements: their clauses, the measures and terms in them, what a question asks for, and the form of a reply."""
