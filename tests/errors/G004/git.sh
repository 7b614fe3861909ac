git checkout -q --detach
