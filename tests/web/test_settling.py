"""What a server holds for good is left out of collections."""

import gc

from communique.knowledge.occupancies import Occupancies
from communique.web.settling import YOUNG, settle


def test_what_is_held_is_looked_at_no_more() -> None:
    threshold = gc.get_threshold()
    try:
        settle()
        young = {id(one) for one in gc.get_objects()}  # those frozen are not among them
        assert gc.get_freeze_count() > len(young)
        assert id(Occupancies.load().rows) not in young
        assert gc.get_threshold() == (YOUNG, *threshold[1:])
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)
