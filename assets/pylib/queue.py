"""Queues between threads."""

from _primitives import Empty, Full, LifoQueue, PriorityQueue, Queue, ShutDown, SimpleQueue
