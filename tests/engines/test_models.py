from __future__ import annotations

import pytest
from langchain_openai import ChatOpenAI

from copilot.engines.llm import open_model
from copilot.errors import InputError, MissingPackageError
from copilot.testing import ModelServer, Reply

from .conftest import KEY


def test_an_openai_model_is_opened_with_its_key_and_no_retries_of_its_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    model = open_model("openai:gpt-4.1-mini", timeout=7)
    assert isinstance(model, ChatOpenAI)
    assert (model.model_name, model.max_retries, model.request_timeout) == ("gpt-4.1-mini", 0, 7)


def test_a_name_may_hold_colons_and_slashes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    model = open_model("openai:hf.co/someone/some-model:Q4_K_M")
    assert isinstance(model, ChatOpenAI)
    assert model.model_name == "hf.co/someone/some-model:Q4_K_M"


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch):
    with ModelServer([Reply("Hello.")]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert open_model("openai:scripted").invoke("Hi").text == "Hello."
        assert server.headers[0]["authorization"] == "Bearer none"
        # Endpoints of reasoning models refuse what tunes the choice of words.
        assert not {"temperature", "top_p", "max_tokens", "stop", "n", "presence_penalty"} & server.requests[0].keys()


def test_a_server_of_ones_own_gets_the_key_that_is_set(monkeypatch: pytest.MonkeyPatch):
    with ModelServer([Reply("Hello.")]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        open_model("openai:scripted").invoke("Hi")
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_openai_itself_needs_a_key():
    with pytest.raises(InputError, match="OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL"):
        open_model("openai:gpt-4.1-mini")


@pytest.mark.parametrize("spec", ["gpt-4.1-mini", "openai:", "openai: ", "", ":", "nobody:model"])
def test_a_spec_without_a_known_provider_or_a_name_says_how_to_write_one(spec: str):
    with pytest.raises(InputError, match="write PROVIDER:NAME, such as openai:") as told:
        open_model(spec)
    assert "--" not in str(told.value)
    assert told.value.hint == "give it with --model or COPILOT_MODEL"


def test_a_key_that_is_given_in_place_of_a_model_is_not_repeated():
    with pytest.raises(InputError) as told:
        open_model(KEY)
    assert KEY not in str(told.value)


@pytest.mark.parametrize(
    ("provider", "package"), [("anthropic", "langchain-anthropic"), ("ollama", "langchain-ollama"), ("google", "langchain-google-genai")]
)
def test_a_provider_whose_package_is_missing_names_what_to_install(provider: str, package: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, package.replace("-", "_"), None)
    with pytest.raises(MissingPackageError, match=f"pip install {package}"):
        open_model(f"{provider}:some-model")
