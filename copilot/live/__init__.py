"""A call as it happens: what is heard goes into the journal, then into the session, and onto the board when its time has come."""
