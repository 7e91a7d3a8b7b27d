"""Hear the sample interview turn by turn: a probe where one is worth asking, and what is left at the end.

Run it from anywhere: `python examples/quickstart.py`.
"""

from __future__ import annotations

from pathlib import Path

from copilot import Background, Session, Transcript

HERE = Path(__file__).parent


def main() -> None:
    """Print the probes as they come, then the suggestions and the coverage at the end of the call."""
    background = Background.load(HERE / "harbour-glass.background.yaml")
    transcript = Transcript.load(HERE / "harbour-glass.vtt", background=background)
    session = Session(background=background, source=transcript.source)
    for turn in transcript:
        probe = session.hear(turn).probe
        if probe:
            print(f"after turn {turn.turn}, {turn.speaker}: “{probe.text}”\n    {probe.probe}")

    print("\nStill worth asking:")
    for probe in session.suggest(limit=3, minutes_left=0):  # 0: the call is over
        print(f"  {probe.probe}\n    {probe.why}")

    print("\nCovered:")
    for section, coverage in session.coverage.items():
        print(f"  {section}: {coverage.covered} of {coverage.total}")


if __name__ == "__main__":
    main()
