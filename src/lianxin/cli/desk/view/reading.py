"""Asking the records beside the screen: each question in a thread that opens the book, asks and closes it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from lianxin.cli.run.session import Session
from lianxin.storage.book import LedgerBook

T = TypeVar("T")


class Reader:
    """What asks the records. Questions wait for each other; whether anything changed does not wait for them.

    Attributes:
        under_way: What takes its time now, and how far it is; empty where nothing does.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.under_way = ""
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="asking")
        self._looking = ThreadPoolExecutor(1, thread_name_prefix="looking")

    def begin(
        self, question: Callable[[LedgerBook], T], behind: Callable[[LedgerBook], None] | None = None
    ) -> Future[tuple[T, str]]:
        """Ask without waiting for the answer.

        Args:
            question: What is asked.
            behind: What takes longer and is asked of the same book, once the answer is there.
        """
        found: Future[tuple[T, str]] = Future()

        def answer() -> None:
            from lianxin.actions.standing import as_read

            if not found.set_running_or_notify_cancel():
                return
            try:
                with self.session.book(lenient=True, told=self.advance("正在读取台账")) as book:
                    found.set_result((question(book), as_read(self.session.workspace(), book)))
                    if behind:
                        behind(book)
            except BaseException as error:  # noqa: BLE001 - raised where the answer is awaited
                if not found.done():
                    found.set_exception(error)
            finally:
                self.under_way = ""

        self._asking.submit(answer)
        return found

    def advance(self, what: str) -> Callable[[int, int], None]:
        """Told (done, total) of something that takes its time."""

        def told(done: int, total: int) -> None:
            self.under_way = f"{what}：{total} 条里的第 {done} 条" if done < total else ""

        return told

    async def ask(self, question: Callable[[LedgerBook], T]) -> tuple[T, str]:
        """What the records answer, and how the ledger stood then.

        Raises:
            LianxinError: They cannot be read.
        """
        return await asyncio.wrap_future(self.begin(question))

    async def standing(self) -> str:
        """What tells this state of the ledger from others."""
        from lianxin.actions.standing import standing

        workspace = self.session.workspace()
        return await asyncio.get_running_loop().run_in_executor(self._looking, standing, workspace)

    def close(self) -> None:
        """Ask no more; nobody waits for what is under way."""
        self._asking.shutdown(wait=False, cancel_futures=True)
        self._looking.shutdown(wait=False, cancel_futures=True)
