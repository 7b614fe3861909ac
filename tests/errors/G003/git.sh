git bisect start
