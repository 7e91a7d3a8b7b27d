"""A live call: what is heard goes into the journal, then into the session, and onto the board at the right time."""
