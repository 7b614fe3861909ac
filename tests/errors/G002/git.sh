git switch -q -c 另一边
echo "# 一边" >> villages/CUN-A0001.yaml
git commit -q -a -m 一边
git switch -q main
echo "# 那边" >> villages/CUN-A0001.yaml
git stash -q
git merge -q 另一边
git stash pop || git checkout -q --ours villages/CUN-A0001.yaml
