"""Stories: what happened, act by act, each with its moment.

A story is a generator. It yields the moment of its next act, is given that moment back, and does the act. Stories told
together take turns by the clock, so that references, ids and the history come in the order of time.
"""

import heapq
from collections.abc import Callable, Generator, Iterable
from datetime import datetime

Story = Generator[datetime, datetime, None]
Telling = Generator[datetime, datetime, int]
"""A part of a story that ends with the id of what it made."""


def tell(stories: Iterable[Story], *, until: datetime, told: Callable[[int], None]) -> int:
    """Tell all stories, act after act, up to a moment; what a story would do later has not happened yet.

    `told` hears how many acts there were so far. Returns how many there were in all.
    """
    turns: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _wait(turns, next(story, None), number, story)
    count = 0
    while turns and turns[0][0] <= until:
        moment, number, story = heapq.heappop(turns)
        _wait(turns, _next_turn(story, moment), number, story)
        count += 1
        told(count)
    return count


def _wait(turns: list[tuple[datetime, int, Story]], moment: datetime | None, number: int, story: Story) -> None:
    if moment is not None:
        heapq.heappush(turns, (moment, number, story))


def _next_turn(story: Story, moment: datetime) -> datetime | None:
    """Let the story do its act at its moment, and say when it goes on."""
    try:
        later = story.send(moment)
    except StopIteration:
        return None
    if later < moment:
        raise ValueError(f"A story goes back in time, from {moment} to {later}.")
    return later
