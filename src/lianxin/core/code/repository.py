"""G: how the folder differs from what git keeps, and what state git is in."""

from __future__ import annotations

from lianxin.core.code.declaration import Code
from lianxin.core.problem import Level

CODES: tuple[Code, ...] = (
    Code(
        "G001",
        "文件不见了",
        "提交里有这个文件，文件夹里没有；少了的记录不在清单里，也不在任何数里。",
        "误删的用提示的命令找回；登错的记录不要删文件，找回后用 void 作废。",
    ),
    Code(
        "G002",
        "两边都改了，还没有选定",
        "git 合并、变基或取回暂存的时候，两边改了同一份记录，正等人选定；现在读到的只是其中一种。",
        "打开文件改定，运行 git add 文件，再照 git status 说的做完。",
    ),
    Code(
        "G003",
        "git 的操作没做完",
        "合并、变基、摘取、撤销或二分查找做到一半，文件夹里的不一定是平时的那一份；这时不能记录。",
        "做完它（git status 会告诉怎么做），或用提示的命令放弃。",
    ),
    Code(
        "G004",
        "不在任何分支上",
        "HEAD 停在某个提交上，不在分支上，看到的可能是从前的台账；这时记下的内容会丢，所以不能记录。",
        "运行 git switch main（或平时用的分支）回去。",
    ),
    Code(
        "G005",
        "git 被嘱咐不看这个文件",
        "这个文件带着 assume-unchanged 或 skip-worktree 的标记，改了 git 也看不见；lianxin 照样读文件夹里的。",
        "用提示的命令去掉标记；改动是自己的就再运行 lianxin commit。",
        Level.WARNING,
    ),
    Code(
        "G006",
        "已暂存却不在文件夹里",
        "git 的暂存区里有这个文件，提交和文件夹里都没有它的这一版；它没有读进来，也没有算。",
        "要它的用提示的命令取出来，再运行 lianxin commit；不要的用 git rm --cached 文件 去掉。",
    ),
    Code(
        "G007",
        "记录被改了文件名",
        "文件名就是编号。手工改名后，原来编号的记录没有了，别处写着它的都会落空。",
        "照提示改回原名。",
    ),
    Code(
        "G008",
        "git 不收这份记录",
        "忽略规则（.gitignore、.git/info/exclude）盖住了它：读得到也算了数，却不在留痕和备份里。",
        "运行 lianxin commit 入账，并去掉那条规则。",
        Level.WARNING,
    ),
    Code(
        "G009",
        "文件夹里套着别的仓库",
        "这个文件夹里另有一个 .git，git 把它当别人的仓库，里面的记录不在留痕和备份里。",
        "不是自己要的，删掉里面的 .git，再运行 lianxin commit。",
    ),
    Code(
        "G010",
        "稀疏检出",
        "git 只把一部分文件放进了文件夹，其余的照提交里的读；不在文件夹里的记录改不了。",
        "运行 git sparse-checkout disable 全部取出来。",
        Level.WARNING,
    ),
    Code(
        "G011",
        "HEAD 指不到提交",
        "git 记着当前分支和提交的小文件坏了或不见了，多半是断过电；提交还在，只是找不到路。文件夹里的记录照读，"
        "有没有缺少说不准，这时也不能记录。",
        "照提示的命令恢复，再运行 lianxin check。",
    ),
    Code(
        "G012",
        "git 准备删掉它",
        "文件还在，git 的暂存区里却没有它（git rm --cached，或 index 丢了）；谁运行一次 git commit，提交里就没有它了。",
        "运行 git reset -- 文件 取消。",
    ),
    Code(
        "G013",
        "停在没有提交的分支上",
        "HEAD 指着一个还没有提交的分支，台账的历史在别的分支上；记下的会成为另一本没有来历的台账，所以不能记录。",
        "照提示的命令回到平时用的分支。",
    ),
    Code(
        "G014",
        "两台电脑记得不一样，等您定",
        "同一栏（或同一份）在两台电脑上改得不一样，同步时不替您挑：这一栏先照两边改以前的样子，两边写的都留着，等人选定。",
        "运行 lianxin settle，一栏一栏选定。",
    ),
)
