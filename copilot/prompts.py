"""Prompt files: front matter, then role blocks. Roles are split before rendering, so that an input can never start a new block.

A file is `name.md`: YAML front matter between two lines `---` (name, description, inputs, output, version), then blocks that each
begin with a line `=== system`, `=== user` or `=== assistant`. `{{input}}` is replaced by an input, once; the inserted text is not
expanded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, cast

from pydantic import ValidationError, model_validator

from .errors import PromptError
from .files import parse_value
from .shipped import folder
from .turns import Value

__all__ = ["Message", "Prompt", "Prompts", "inline"]

PromptRole = Literal["system", "user", "assistant"]
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_BLOCK = re.compile(r"^=== *(\w+) *$", re.MULTILINE)
_SLOT = re.compile(r"\{\{ *(\w+) *\}\}")


class Message(NamedTuple):
    """A rendered block."""

    role: PromptRole
    text: str


class Front(Value):
    """The front matter of a prompt file. `output` names the schema of the answer, or is "text" for prose."""

    name: str
    description: str
    inputs: tuple[str, ...]
    output: str
    version: int


class Prompt(Front):
    """A prompt: its front matter, and its blocks before rendering. It must declare exactly the inputs that it uses."""

    blocks: tuple[Message, ...]

    @model_validator(mode="after")
    def _uses_what_it_declares(self) -> Prompt:
        used = {name for block in self.blocks for name in _SLOT.findall(block.text)}
        declared = set(self.inputs)
        if used - declared:
            raise ValueError(f"uses {', '.join(sorted(used - declared))}, which its inputs do not declare")
        if declared - used:
            raise ValueError(f"declares {', '.join(sorted(declared - used))} and never uses it")
        return self

    @classmethod
    def parse(cls, text: str, where: str) -> Prompt:
        """Read a prompt file's text; `where` names it in errors. Raises PromptError."""
        text = text.replace("\r\n", "\n")
        front = _FRONT.match(text)
        if not front:
            raise PromptError(f"{where}: front matter is missing (name, description, inputs, output, version between two lines ---)")
        fields = parse_value("\n" + front.group(1), Front, PromptError, where)  # below the line ---, so that lines count
        try:
            return cls(**dict(fields), blocks=tuple(_blocks(text[front.end() :], where)))
        except ValidationError as problem:
            raise PromptError(f"{where}: {problem.errors()[0]['msg'].removeprefix('Value error, ')}") from None

    def render(self, values: Mapping[str, str]) -> tuple[Message, ...]:
        """Return the blocks with the inputs filled in, each once. Raises PromptError for a value that is missing or unknown."""
        if set(values) != set(self.inputs):
            wrong = ", ".join(sorted(set(values) ^ set(self.inputs)))
            raise PromptError(f"prompt '{self.name}': takes {', '.join(self.inputs) or 'nothing'}; missing or unknown: {wrong}")
        return tuple(Message(block.role, _SLOT.sub(lambda m: values[m.group(1)], block.text)) for block in self.blocks)


def _blocks(body: str, where: str) -> Iterator[Message]:
    """Yield the role blocks of a prompt's body."""
    _, *parts = _BLOCK.split(body)
    if not parts or body[: body.index("===")].strip():
        raise PromptError(f"{where}: put each part of the prompt under a line such as === system")
    for role, text in zip(parts[::2], parts[1::2], strict=True):
        if role not in {"system", "user", "assistant"}:
            raise PromptError(f"{where}: '=== {role}' is not a role; use system, user or assistant")
        yield Message(cast(PromptRole, role), text.strip())


class Prompts:
    """The prompts that come with the library; a file of the same name in your own folder replaces one."""

    def __init__(self, own: str | Path | None = None) -> None:
        """Take your own folder, or None. Raises PromptError if it does not exist or replaces no prompt, or if a file in it does not."""
        self._places = [folder("prompts")]
        self.names = tuple(sorted(p.stem for p in self._places[0].glob("*.md") if p.stem != "README"))
        if own is None:
            return
        self._places.insert(0, Path(own))
        if not self._places[0].is_dir():
            raise PromptError(f"{own}: is not a folder; give one with prompt files such as {self.names[0]}.md")
        mine = {p.stem for p in self._places[0].glob("*.md")} - {"README"}
        if strange := sorted(mine.difference(self.names)):
            raise PromptError(f"{own}: {strange[0]}.md does not replace a prompt; there are {', '.join(self.names)}")
        if misnamed := sorted(p.name for p in self._places[0].iterdir() if p.stem in self.names and p.stem not in mine):
            raise PromptError(f"{own}: {misnamed[0]} is not read; a prompt's file ends in .md")
        if not mine:
            raise PromptError(f"{own}: holds no prompt; give a folder with prompt files such as {self.names[0]}.md")

    def __getitem__(self, name: str) -> Prompt:
        """Return a prompt by its name. Raises PromptError."""
        if name not in self.names:
            raise PromptError.among("prompt", name, self.names)
        path = next(p / f"{name}.md" for p in self._places if (p / f"{name}.md").is_file())
        try:
            prompt = Prompt.parse(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as problem:
            raise PromptError(f"{path}: cannot be read as UTF-8 text ({problem})") from None
        if prompt.name != name:
            raise PromptError(f"{path}: is named '{prompt.name}' inside; the two names must be the same")
        shipped = self._places[-1] / f"{name}.md"
        if path != shipped:
            theirs = Prompt.parse(shipped.read_text(encoding="utf-8"), str(shipped))
            if set(prompt.inputs) != set(theirs.inputs):
                raise PromptError(f"{path}: must take the inputs {', '.join(theirs.inputs)}")
            if prompt.output != theirs.output:
                raise PromptError(f"{path}: must give the output {theirs.output}, not {prompt.output}, since its answer is read as that")
        return prompt


def inline(text: str) -> str:
    """Return a text on one line that cannot close a tag of the prompt that it is put into."""
    return " ".join(text.split()).replace("</", "< /")
