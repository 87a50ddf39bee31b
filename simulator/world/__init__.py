"""The world before the campaign: people, whom they follow, and who sees what they share."""
