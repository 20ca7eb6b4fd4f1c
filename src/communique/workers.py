"""Runs one function over many items, in this process or in several, with results in order.

Workers are spawned (nothing is inherited but the environment), look no further ahead than a few items a
worker, and leave Ctrl-C to the parent. When a worker dies, the items under way are run again one by one
in a process of their own, so that the one that kills is known and the others are not lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LOOK_AHEAD = 3  # items under way for each worker
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class WorkerDied(Exception):
    """An item that ends the process which works on it (out of memory, a crash of native code)."""


def one_thread_each() -> None:
    """Ask for one BLAS thread a process unless the environment says otherwise; call before numpy is there."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], *, jobs: int = 1
) -> Iterator[tuple[Item, Result | WorkerDied]]:
    """Each item with its result, in the order of the items, for any number of `jobs`.

    An item whose worker died comes with a WorkerDied. An exception of `work` is raised here. With one
    job the work is done in this process, which a crash of native code would end.
    """
    if jobs == 1:
        for item in items:
            yield item, work(item)
        return
    one_thread_each()
    yield from _in_pool(work, items, jobs)


def _in_pool(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int
) -> Iterator[tuple[Item, Result | WorkerDied]]:
    under_way: deque[tuple[Item, Future[Result]]] = deque()
    pool, source, more = _pool(jobs), iter(items), True
    try:
        while more or under_way:
            while more and len(under_way) < jobs * LOOK_AHEAD:
                try:
                    item = next(source)
                except StopIteration:
                    more = False
                else:
                    under_way.append((item, _submit(pool, work, item)))
            if not under_way:
                return
            item, future = under_way.popleft()
            try:
                result = future.result()
            except BrokenProcessPool:
                _end(pool)
                yield from _one_by_one(work, [item, *(i for i, _ in under_way)])
                under_way.clear()
                pool = _pool(jobs)
            else:
                yield item, result
    finally:
        _end(pool)


def _submit(pool: ProcessPoolExecutor, work: Callable[[Item], Result], item: Item) -> Future[Result]:
    """The future of an item; a broken pool shows in it rather than here."""
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as error:
        broken: Future[Result] = Future()
        broken.set_exception(error)
        return broken


def _one_by_one(
    work: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[tuple[Item, Result | WorkerDied]]:
    pool = _pool(1)
    try:
        for item in items:
            try:
                yield item, pool.submit(work, item).result()
            except BrokenProcessPool:
                _end(pool)
                pool = _pool(1)
                yield item, WorkerDied("the process that worked on it died")
    finally:
        _end(pool)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts
    )


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end(pool: ProcessPoolExecutor) -> None:
    """Stop the workers without waiting for what they are at."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()
