git symbolic-ref HEAD refs/heads/别处
