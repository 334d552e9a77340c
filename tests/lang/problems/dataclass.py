from dataclasses import dataclass
from typing import NamedTuple
import asyncio


@dataclass
class Point:
    x: int
    y: int = 0


class Pair(NamedTuple):
    a: int


asyncio.run(None)
