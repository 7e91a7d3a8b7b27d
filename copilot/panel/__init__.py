"""The page that the interviewer glances at during a call, and the endpoints behind it: one Starlette application on one machine."""
