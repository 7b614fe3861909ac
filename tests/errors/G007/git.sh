mv households/HU-A0001.yaml households/HU-A0009.yaml
