"""What people pass around: figures, and the page that holds the answer, its errors and its assumptions."""
