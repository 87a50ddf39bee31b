"""What the brand and its influencers do: the numbers of a campaign in one run, who publishes when, who pays what."""
