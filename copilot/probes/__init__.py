"""From gaps to questions: wording, lint, ranking."""
