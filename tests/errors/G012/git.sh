git rm -q --cached households/HU-A0001.yaml
