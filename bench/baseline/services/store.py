# What the three services share: values as msgpack in a Redis of their own, and how failures are answered.
import os

import redis
from flask import Response, abort
from msgspec import msgpack

db = redis.Redis(host="127.0.0.1", port=int(os.environ["REDIS_PORT"]))


def text(body: str) -> Response:
    return Response(body, status=200)


def get(key: str, kind: type, missing: str):
    try:
        value = db.get(key)
    except redis.exceptions.RedisError:
        abort(400, "DB error")
    if value is None:
        abort(400, missing)
    return msgpack.decode(value, type=kind)


def put(key: str, value) -> None:
    put_all({key: value})


def put_all(values: dict) -> None:
    try:
        db.mset({key: msgpack.encode(value) for key, value in values.items()})
    except redis.exceptions.RedisError:
        abort(400, "DB error")
