"""A Flask site that shows which courtesies it owes, planned from its own database.

    pip install 'courtesy[flask]'
    flask --app flask_app run

Then open http://127.0.0.1:5000/?start=2026-11-23; the same as JSON is at /courtesies.json.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, Response, jsonify, render_template, request

import courtesy

RULES = courtesy.Rules(
    [
        courtesy.Occasion("thank-you", on="purchase", after="1 day", at="10:00"),
        courtesy.Occasion("birthday", yearly="birthday", at="09:00", expires="1 day"),
    ],
    policy={"quiet_hours": {"from": "20:00", "to": "08:00"}},
    shop={"name": "Northside Garage", "zone": "Europe/London"},
)


def create_app(database: str | Path = "shop.db") -> Flask:
    app = Flask(__name__)
    if not Path(database).exists():
        with contextlib.closing(sqlite3.connect(database)) as db:
            db.executescript(Path(__file__).with_name("shop.sql").read_text(encoding="utf-8"))

    def rows(query: str) -> list[dict[str, Any]]:
        with contextlib.closing(sqlite3.connect(database)) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(query)]

    def plan() -> courtesy.Plan:
        return courtesy.plan(
            rows("SELECT id, name, email, zone, birthday FROM customers"),
            rows("SELECT id, customer, 'purchase' AS kind, bought_on AS at FROM purchases"),
            RULES,
            start=request.args.get("start") or dt.datetime.now(ZoneInfo(RULES.shop["zone"])).date(),
            days=request.args.get("days", 14, type=int),
        )

    @app.get("/")
    def page() -> str:
        made = plan()
        names = {row["id"]: row["name"] for row in rows("SELECT id, name FROM customers")}
        owed = [(reminder, names[reminder.customer], made.explain(reminder)) for reminder in made]
        return render_template("courtesies.html", shop=RULES.shop["name"], plan=made, owed=owed)

    @app.get("/courtesies.json")
    def courtesies() -> Response:
        fields = ("key", "customer", "occasion", "state", "channel", "reason")
        owed = [{name: getattr(row, name) for name in fields} | {"due": row.due.isoformat()} for row in plan()]
        return jsonify(owed)

    @app.errorhandler(courtesy.TimeError)
    def wrong_window(error: courtesy.TimeError) -> tuple[str, int, dict[str, str]]:
        return str(error), 400, {"Content-Type": "text/plain; charset=utf-8"}

    return app
