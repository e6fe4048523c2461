# Orders: the checkout calls stock and payment through the gateway, one call after the other, a new connection each.
import os
import random
import uuid
from collections import Counter

import requests
from flask import Flask, abort
from msgspec import Struct

from store import get, put, put_all, text

GATEWAY_URL = os.environ["GATEWAY_URL"]

app = Flask("order-service")


class Order(Struct):
    paid: bool
    items: list[tuple[str, int]]
    user_id: str
    total_cost: int


def order(order_id: str) -> Order:
    return get(order_id, Order, f"Order: {order_id} not found!")


def post(path: str) -> requests.Response:
    try:
        return requests.post(f"{GATEWAY_URL}{path}")
    except requests.exceptions.RequestException:
        abort(400, "Requests error")


@app.post("/create/<user_id>")
def create(user_id: str):
    order_id = str(uuid.uuid4())
    put(order_id, Order(paid=False, items=[], user_id=user_id, total_cost=0))
    return {"order_id": order_id}


@app.post("/batch_init/<n>/<n_items>/<n_users>/<item_price>")
def batch_init(n: str, n_items: str, n_users: str, item_price: str):
    def random_order() -> Order:
        items = [(str(random.randrange(int(n_items))), 1) for _ in range(2)]
        return Order(paid=False, items=items, user_id=str(random.randrange(int(n_users))), total_cost=2 * int(item_price))

    put_all({str(i): random_order() for i in range(int(n))})
    return {"msg": "Batch init for orders successful"}


@app.get("/find/<order_id>")
def find(order_id: str):
    found = order(order_id)
    return {
        "order_id": order_id,
        "paid": found.paid,
        "items": found.items,
        "user_id": found.user_id,
        "total_cost": found.total_cost,
    }


@app.post("/addItem/<order_id>/<item_id>/<quantity>")
def add_item(order_id: str, item_id: str, quantity: str):
    found = order(order_id)
    reply = requests.get(f"{GATEWAY_URL}/stock/find/{item_id}")
    if reply.status_code != 200:
        abort(400, f"Item: {item_id} does not exist!")
    found.items.append((item_id, int(quantity)))
    found.total_cost += int(quantity) * reply.json()["price"]
    put(order_id, found)
    return text(f"Item: {item_id} added to: {order_id} price updated to: {found.total_cost}")


@app.post("/checkout/<order_id>")
def checkout(order_id: str):
    found = order(order_id)
    quantities = Counter()
    for item_id, quantity in found.items:
        quantities[item_id] += quantity
    taken = []
    for item_id, quantity in quantities.items():
        if post(f"/stock/subtract/{item_id}/{quantity}").status_code != 200:
            give_back(taken)
            abort(400, f"Out of stock on item_id: {item_id}")
        taken.append((item_id, quantity))
    if post(f"/payment/pay/{found.user_id}/{found.total_cost}").status_code != 200:
        give_back(taken)
        abort(400, "User out of credit")
    found.paid = True
    put(order_id, found)
    return text("Checkout successful")


def give_back(taken: list[tuple[str, int]]) -> None:
    for item_id, quantity in taken:
        post(f"/stock/add/{item_id}/{quantity}")
