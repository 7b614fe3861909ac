git update-index --assume-unchanged households/HU-A0001.yaml
git update-index --skip-worktree villages/CUN-A0001.yaml
echo "# 改了" >> households/HU-A0001.yaml
