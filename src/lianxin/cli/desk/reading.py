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
    """What asks the records. Questions wait for each other; whether anything changed does not wait for them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="asking")
        self._looking = ThreadPoolExecutor(1, thread_name_prefix="looking")

    def begin(self, question: Callable[[LedgerBook], T]) -> Future[tuple[T, str]]:
        """Ask without waiting for the answer."""

        def answer() -> tuple[T, str]:
            from lianxin.actions.standing import as_read

            with self.session.book(quiet=True, lenient=True) as book:
                return question(book), as_read(self.session.workspace(), book)

        return self._asking.submit(answer)

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
