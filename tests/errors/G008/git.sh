echo "people/RY-*" > .git/info/exclude
sed "s/^编号.*/编号: RY-A0077/; s/^姓名.*/姓名: 万有福/" people/RY-A0001.yaml > people/RY-A0077.yaml
