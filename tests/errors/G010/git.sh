git sparse-checkout set --no-cone "/*" "!/households/"
