"""Who meets whom on which day: two forms of the same followers, and nothing else. They differ in speed only."""
