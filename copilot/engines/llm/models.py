"""Open a LangChain chat model by PROVIDER:NAME."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from langchain_core.language_models import BaseChatModel

from ...errors import InputError, MissingPackageError

__all__ = ["open_model"]

_PACKAGES = {
    "anthropic": ("langchain_anthropic", "ChatAnthropic"),
    "bedrock": ("langchain_aws", "ChatBedrockConverse"),
    "cohere": ("langchain_cohere", "ChatCohere"),
    "deepseek": ("langchain_deepseek", "ChatDeepSeek"),
    "fireworks": ("langchain_fireworks", "ChatFireworks"),
    "google": ("langchain_google_genai", "ChatGoogleGenerativeAI"),
    "groq": ("langchain_groq", "ChatGroq"),
    "mistral": ("langchain_mistralai", "ChatMistralAI"),
    "ollama": ("langchain_ollama", "ChatOllama"),
    "openai": ("langchain_openai", "ChatOpenAI"),
    "xai": ("langchain_xai", "ChatXAI"),
}
_HINT = "give it with --model or COPILOT_MODEL"


def open_model(spec: str, timeout: float = 60.0) -> BaseChatModel:
    """Return the chat model PROVIDER:NAME. `timeout` is the limit for one request, in seconds.

    The openai client reads OPENAI_API_KEY and OPENAI_BASE_URL. With OPENAI_BASE_URL set, the key may be missing, since local servers
    need none; otherwise OpenAI itself is called, which needs it. Other providers read their own variables.
    Raises InputError for an unknown provider or a missing key, MissingPackageError if the provider's package is not installed.
    """
    provider, mark, name = spec.partition(":")
    if not mark or not name.strip() or provider not in _PACKAGES:
        # The value given is not repeated: it may be a key.
        raise InputError(
            f"no such model: write PROVIDER:NAME, such as openai:gpt-4.1-mini; the providers are {', '.join(_PACKAGES)}", hint=_HINT
        )
    module, kind = _PACKAGES[provider]
    try:
        model = getattr(import_module(module), kind)
    except ImportError:
        package = module.replace("_", "-")
        raise MissingPackageError(f"the model {spec} needs the package {package}: pip install {package}") from None
    options: dict[str, Any] = {"model": name.strip()}
    if provider == "openai":
        # `Caller` does the retries, since they must fit into the deadline of the call.
        options |= {"timeout": timeout, "max_retries": 0, **_openai_key()}
    try:
        made: BaseChatModel = model(**options)
    except Exception as problem:  # each provider has its own errors for a missing key or a bad option
        raise InputError(f"the model {spec} cannot be set up ({type(problem).__name__}); check the provider's key and settings") from None
    return made


def _openai_key() -> dict[str, str]:
    """Return a placeholder key for servers that need none. Raises InputError if OpenAI itself would be called."""
    if os.environ.get("OPENAI_API_KEY"):
        return {}
    if not (os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_BASE")):
        raise InputError("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL to the address of a server of your own")
    return {"api_key": "none"}
