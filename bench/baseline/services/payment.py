# Payment: read, change, write back, as the usual version does. Two writers of one user at a time can lose an update.
import uuid

from flask import Flask, abort
from msgspec import Struct

from store import get, put, put_all, text

app = Flask("payment-service")


class User(Struct):
    credit: int


def user(user_id: str) -> User:
    return get(user_id, User, f"User: {user_id} not found!")


@app.post("/create_user")
def create_user():
    user_id = str(uuid.uuid4())
    put(user_id, User(credit=0))
    return {"user_id": user_id}


@app.post("/batch_init/<n>/<starting_money>")
def batch_init(n: str, starting_money: str):
    put_all({str(i): User(credit=int(starting_money)) for i in range(int(n))})
    return {"msg": "Batch init for users successful"}


@app.get("/find_user/<user_id>")
def find_user(user_id: str):
    return {"user_id": user_id, "credit": user(user_id).credit}


@app.post("/add_funds/<user_id>/<amount>")
def add_funds(user_id: str, amount: str):
    found = user(user_id)
    found.credit += int(amount)
    put(user_id, found)
    return text(f"User: {user_id} credit updated to: {found.credit}")


@app.post("/pay/<user_id>/<amount>")
def pay(user_id: str, amount: str):
    found = user(user_id)
    found.credit -= int(amount)
    if found.credit < 0:
        abort(400, f"User: {user_id} credit cannot get reduced below zero!")
    put(user_id, found)
    return text(f"User: {user_id} credit updated to: {found.credit}")
