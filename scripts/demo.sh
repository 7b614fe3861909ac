#!/bin/sh
# The main job on the sample township, in a throw-away copy: check, ledger, handbook, advancing an issue.
set -eu
lx="$(pwd)/$BIN/lianxin"
here="$(pwd)/$DEMO"
out="$(pwd)/build"
"$lx" demo "$here"
cd "$here"
say() { printf '\n\033[1m$ lianxin %s\033[0m\n' "$*"; "$lx" --today 2026-11-22 "$@"; }
say check
say today
say issue list 状态=待研判
id=$("$lx" --today 2026-11-22 --json issue list 状态=待研判 合理性= | "$out/../$BIN/python" -c '
import json, sys
print(json.load(sys.stdin)["data"]["items"][0]["id"])')
say next "$id"
say issue accept "$id" --level 村 --scope 共性 --sphere 公共 --merit 合理 --category 道路交通 --urgency 一般 --reply 村里先去看现场
dept=$("$lx" --json org list 可承办=是 | "$out/../$BIN/python" -c '
import json, sys
print(json.load(sys.stdin)["data"]["items"][0]["id"])')
say issue assign "$id" --dept "$dept" --limit 5个工作日 --standard 现场修好并请反映人验看
say log "$id"
say ledger 问题台账 -o "$out/问题台账.xlsx"
say ledger 挂账销号台账 -o "$out/挂账销号台账.html"
say handbook -o "$out/工作手册.html"
printf '\n看这里：\n  %s  台账（可以随便改）\n  %s\n  %s\n  %s\n' \
  "$here" "$out/问题台账.xlsx" "$out/挂账销号台账.html" "$out/工作手册.html"
