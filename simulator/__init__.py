"""simulator: an agent-based Monte Carlo simulator of influencer-marketing campaigns."""

__version__ = "0.1.0"
