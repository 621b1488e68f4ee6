"""The courtesies a shop owes, from its database: flask --app flask_app run, then /?start=2026-11-23&days=14."""

import datetime as dt
import sqlite3
from pathlib import Path

from flask import Flask, Response, render_template, request

import courtesy

app = Flask(__name__)
app.config["DATABASE"] = "shop.db"
RULES = courtesy.Rules.load(Path(__file__).with_name("shop.toml"))


@app.get("/")
def courtesies() -> str | Response:
    db = sqlite3.connect(app.config["DATABASE"])
    db.row_factory = sqlite3.Row
    if not db.execute("SELECT * FROM sqlite_master").fetchone():
        db.executescript(Path(__file__).with_name("shop.sql").read_text(encoding="utf-8"))
    customers = db.execute("SELECT * FROM customers").fetchall()
    events = db.execute("SELECT * FROM events").fetchall()
    db.close()
    start, days = request.args.get("start") or dt.datetime.now().astimezone().date(), request.args.get("days", "14")
    try:
        plan = courtesy.plan(customers, events, RULES, start=start, days=int(days) if days.isdecimal() else days)
    except courtesy.TimeError as error:
        return Response(str(error), 400, mimetype="text/plain")
    return render_template("courtesies.html", plan=plan, names={row["id"]: row["name"] for row in customers})
