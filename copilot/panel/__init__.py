"""The page that the interviewer watches during a call, and its endpoints: one Starlette application on one machine."""
