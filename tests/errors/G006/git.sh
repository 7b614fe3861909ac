sed s/HU-A0001/HU-A0002/ households/HU-A0001.yaml > households/HU-A0002.yaml
git add households
rm households/HU-A0002.yaml
