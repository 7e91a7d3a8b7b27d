"""From PROVIDER:NAME to a LangChain chat model."""

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


def open_model(spec: str, timeout: float = 60.0) -> BaseChatModel:
    """Return the chat model that PROVIDER:NAME names. `timeout` is the longest that one request may take, in seconds.

    OPENAI_API_KEY and OPENAI_BASE_URL are read by the openai client; other providers read their own. Raises InputError for a
    spec that names no provider or lacks its key, MissingPackageError where the provider's package is not installed.
    """
    provider, mark, name = spec.partition(":")
    if not mark or not name.strip() or provider not in _PACKAGES:
        raise InputError(f"--model {spec!r}: write PROVIDER:NAME, such as openai:gpt-4.1-mini; providers: {', '.join(_PACKAGES)}")
    if provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
        raise InputError("--model: OPENAI_API_KEY is not set; set it, to any word for a server of your own that wants no key")
    module, kind = _PACKAGES[provider]
    try:
        model = getattr(import_module(module), kind)
    except ImportError:
        package = module.replace("_", "-")
        raise MissingPackageError(f"--model {spec}: needs the package {package}: pip install {package}") from None
    options: dict[str, Any] = {"model": name.strip()}
    if provider == "openai":
        # Retries are ours: they must fit into the deadline of the call.
        options |= {"timeout": timeout, "max_retries": 0}
    try:
        made: BaseChatModel = model(**options)
    except Exception as problem:  # each provider has its own errors for a missing key or a bad option
        raise InputError(f"--model {spec}: cannot be set up ({type(problem).__name__}); check the provider's key and settings") from None
    return made
