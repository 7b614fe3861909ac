: > .git/refs/heads/main
