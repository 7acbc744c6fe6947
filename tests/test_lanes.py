"""Turns: nobody's long query stands in the way of another's short one."""

import asyncio

import pytest

from hjemmel.endpoint import lanes as turns
from hjemmel.endpoint.lanes import BusyError, Lanes, TooManyError
from hjemmel.endpoint.limits import BUDGET, FAST, SLOW, WAITING
from tests.serving import awaited


def test_one_client_never_has_the_whole_fast_lane() -> None:
    async def crowd() -> None:
        lanes, served = Lanes(), []
        release = asyncio.Event()

        async def hold(client: str, number: int) -> None:
            async with lanes.turn(client, f"query {number}"):
                served.append(client)
                await release.wait()

        many = [asyncio.create_task(hold("many", number)) for number in range(10)]
        await asyncio.sleep(0)
        other = asyncio.create_task(hold("other", 0))
        await asyncio.sleep(0.01)
        assert served == ["many"] * (FAST - 1) + ["other"]
        release.set()
        await asyncio.gather(*many, other)
        assert (lanes.running, lanes.waiting) == (0, 0)

    awaited(crowd())


def test_a_client_has_one_long_query_at_a_time() -> None:
    async def two() -> None:
        lanes = Lanes()
        async with lanes.turn("one", "a") as first, lanes.turn("one", "b") as second:
            first.move()
            with pytest.raises(TooManyError, match="long query running") as told:
                second.move()
            assert told.value.limit == "long-queries"
        assert lanes.running == 0

    awaited(two())


def test_the_slow_lane_is_full_for_everyone_at_some_point() -> None:
    async def full() -> None:
        lanes = Lanes()
        async with lanes.turn("a", "1") as a, lanes.turn("b", "2") as b:
            for turn in (a, b)[:SLOW]:
                turn.move()
            async with lanes.turn("c", "3") as c:
                with pytest.raises(BusyError):
                    c.move()

    awaited(full())


def test_a_query_that_took_long_does_not_enter_the_fast_lane_again() -> None:
    async def again() -> None:
        lanes = Lanes()
        async with lanes.turn("one", "long") as turn:
            turn.move()
        async with lanes.turn("two", "long") as turn:
            assert turn.slow_since is not None

    awaited(again())


def test_time_in_the_slow_lane_is_used_up_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def spend() -> None:
        clock = [1000.0]
        monkeypatch.setattr(turns, "monotonic", lambda: clock[0])
        lanes = Lanes()
        async with lanes.turn("one", "a") as turn:
            turn.move()
            clock[0] += 2 * BUDGET
        async with lanes.turn("one", "b") as turn:
            with pytest.raises(TooManyError, match="wait") as told:
                turn.move()
            assert told.value.limit == "budget"
            clock[0] += told.value.seconds
            turn.move()

    awaited(spend())


def test_no_more_wait_than_there_is_room_for() -> None:
    async def wait() -> None:
        lanes = Lanes()
        release = asyncio.Event()

        async def hold(number: int) -> None:
            async with lanes.turn("one", str(number)):
                await release.wait()

        holding = [asyncio.create_task(hold(number)) for number in range(FAST - 1 + WAITING)]
        await asyncio.sleep(0.01)
        with pytest.raises(TooManyError, match="waiting already"):
            await hold(-1)
        holding[-1].cancel()  # a client that goes away leaves its place
        await asyncio.sleep(0.01)
        assert lanes.waiting == WAITING - 1
        release.set()
        await asyncio.gather(*holding, return_exceptions=True)
        assert (lanes.running, lanes.waiting) == (0, 0)

    awaited(wait())


def test_who_waits_too_long_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait() -> None:
        monkeypatch.setattr(turns, "PATIENCE", 0.02)
        lanes = Lanes()
        async with lanes.turn("one", "a"), lanes.turn("one", "b"):
            with pytest.raises(BusyError):
                async with lanes.turn("one", "c"):
                    pass
        assert (lanes.running, lanes.waiting) == (0, 0)

    awaited(wait())


def test_who_sends_one_long_query_after_another_gets_shorter_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    async def strike() -> None:
        monkeypatch.setattr(turns, "PAUSE", 0.0)
        lanes = Lanes()
        async with lanes.turn("one", "a") as turn:
            before = turn.seconds
        for _ in range(3):
            await lanes.pause("one")
        async with lanes.turn("one", "b") as turn:
            assert turn.seconds < before
        async with lanes.turn("two", "b") as turn:
            assert turn.seconds == before

    awaited(strike())


def test_only_so_many_clients_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    async def many() -> None:
        monkeypatch.setattr(turns, "REMEMBERED", 5)
        lanes = Lanes()
        for number in range(50):
            async with lanes.turn(f"192.0.2.{number}", "a") as turn:
                pass
            lanes._remember(str(number).encode())
        assert turn is not None
        assert len(lanes._accounts) == len(lanes._long) == 5

    awaited(many())
