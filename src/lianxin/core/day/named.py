"""Days that have a name of their own, by how far they are from today."""

#: Days called by a word, counted from today.
DAYS = {"今天": 0, "昨天": -1, "前天": -2, "大前天": -3, "明天": 1, "后天": 2, "大后天": 3}
