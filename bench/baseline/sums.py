# Prints what the three Redis servers hold, as JSON: ports of orders, stock and payment as arguments.
import json
import sys

import redis
from msgspec import msgpack


def values(port: str):
    db = redis.Redis(host="127.0.0.1", port=int(port))
    keys = db.keys()
    return [msgpack.decode(value) for value in db.mget(keys)] if keys else []


orders, stock, payment = (values(port) for port in sys.argv[1:4])
paid = [order for order in orders if order["paid"]]
print(
    json.dumps(
        {
            "paidOrders": len(paid),
            "paidValue": sum(order["total_cost"] for order in paid),
            "stockValue": sum(item["stock"] * item["price"] for item in stock),
            "credit": sum(user["credit"] for user in payment),
        }
    )
)
