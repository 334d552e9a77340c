# 类型标注
from typing import Any, Callable, Dict, List, Optional, Tuple, TypeVar, Union

Vector = List[float]
Number = Union[int, float]
T = TypeVar("T")
Handler = Callable[[int], Optional[str]]


def scale(v: Vector, k: Number = 2) -> Vector:
    return [x * k for x in v]


def first(items: List[T], default: Optional[T] = None) -> Optional[T]:
    return items[0] if items else default


class Box:
    value: int = 0
    names: Dict[str, Tuple[int, ...]] = {}

    def set(self, value: "Any") -> "Box":
        self.value: int = value
        return self


count: int = 3
later: str
print(scale([1.0, 2.5]), first([]), first("ab"), Box().set(5).value, count, Box.names)
