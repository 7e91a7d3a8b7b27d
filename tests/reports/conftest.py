from ..drafts.conftest import bakery

__all__ = ["bakery"]
