rm households/HU-A0001.yaml
