git init -q visits
: > visits/说明.txt
