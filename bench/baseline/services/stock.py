# Stock: read, change, write back, as the usual version does. Two writers of one item at a time can lose an update.
import uuid

from flask import Flask, abort
from msgspec import Struct

from store import get, put, put_all, text

app = Flask("stock-service")


class Item(Struct):
    stock: int
    price: int


def item(item_id: str) -> Item:
    return get(item_id, Item, f"Item: {item_id} not found!")


@app.post("/item/create/<price>")
def create(price: str):
    item_id = str(uuid.uuid4())
    put(item_id, Item(stock=0, price=int(price)))
    return {"item_id": item_id}


@app.post("/batch_init/<n>/<starting_stock>/<item_price>")
def batch_init(n: str, starting_stock: str, item_price: str):
    put_all({str(i): Item(stock=int(starting_stock), price=int(item_price)) for i in range(int(n))})
    return {"msg": "Batch init for stock successful"}


@app.get("/find/<item_id>")
def find(item_id: str):
    found = item(item_id)
    return {"stock": found.stock, "price": found.price}


@app.post("/add/<item_id>/<amount>")
def add(item_id: str, amount: str):
    found = item(item_id)
    found.stock += int(amount)
    put(item_id, found)
    return text(f"Item: {item_id} stock updated to: {found.stock}")


@app.post("/subtract/<item_id>/<amount>")
def subtract(item_id: str, amount: str):
    found = item(item_id)
    found.stock -= int(amount)
    if found.stock < 0:
        abort(400, f"Item: {item_id} stock cannot get reduced below zero!")
    put(item_id, found)
    return text(f"Item: {item_id} stock updated to: {found.stock}")
