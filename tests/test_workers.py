"""The work is `eval`, which every process has: the items are expressions."""

from collections.abc import Iterator

import pytest

from communique.workers import LOOK_AHEAD, WorkerDied, in_order

SLOW = "__import__('time').sleep(0.05) or {}"
DEADLY = "__import__('os')._exit(3)"


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    items = [SLOW.format(3), "1", "2", SLOW.format(6), "5", "4", "9", "8"]
    assert [r for _, r in in_order(eval, items, jobs=jobs)] == [3, 1, 2, 6, 5, 4, 9, 8]
    assert [i for i, _ in in_order(eval, items, jobs=jobs)] == items


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_items(jobs: int) -> None:
    assert list(in_order(eval, [], jobs=jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_of_the_work_is_raised_here(jobs: int) -> None:
    results = in_order(eval, ["1", "1 / 0", "2"], jobs=jobs)
    assert next(results) == ("1", 1)
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_an_item_that_kills_its_worker_costs_that_item_alone() -> None:
    items = ["1", "2", DEADLY, "3", "4", "5", "6", "7", DEADLY, "8"]
    found = list(in_order(eval, items, jobs=2))
    assert [item for item, _ in found] == items
    assert [r for _, r in found if not isinstance(r, WorkerDied)] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [str(r) for _, r in found if isinstance(r, WorkerDied)] == [
        "the process that worked on it died",
        "the process that worked on it died",
    ]


def test_no_more_than_a_few_items_are_under_way() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield str(taken)

    results = in_order(eval, endless(), jobs=2)
    assert [next(results) for _ in range(3)] == [("1", 1), ("2", 2), ("3", 3)]
    assert taken <= 2 * LOOK_AHEAD + 2
