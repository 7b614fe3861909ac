"""注销: what identifies somebody leaves the files and what was made of them; then, if wanted, history too."""
