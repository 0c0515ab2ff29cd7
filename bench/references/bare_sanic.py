"""Sanic answering bytes without any work, wechatpy's echo on it, and the rows of applications by hand-written SQL."""

import os
import sys

import asyncpg
from sanic import Sanic
from sanic.response import json, raw
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

app = Sanic("reference")
crypto = WeChatCrypto(os.environ["TOKEN"], os.environ["AES_KEY"], os.environ["APP_ID"])
_ANSWER = b"x" * int(os.environ["ANSWER_BYTES"])
_ONE = """
SELECT a.*, m.name AS manager_name, m.phone AS manager_phone FROM applications a
LEFT JOIN staff m ON m.id = a.manager_id WHERE a.number = $1 AND a.customer_id = $2
"""
_MINE = """
SELECT a.*, m.name AS manager_name, m.phone AS manager_phone FROM applications a
LEFT JOIN staff m ON m.id = a.manager_id WHERE a.customer_id = $1 ORDER BY a.id DESC LIMIT 21
"""
_CLOCKS = """
SELECT c.*, p.reason FROM clocks c LEFT JOIN pauses p ON p.id = c.pause_id
WHERE c.application_id = ANY($1) OR c.project_id = ANY($2) ORDER BY c.id
"""
_PARTS = (
    "SELECT * FROM events WHERE application_id = $1 ORDER BY id",
    "SELECT * FROM clocks WHERE application_id = $1 OR project_id = $2 ORDER BY id",
    "SELECT kind FROM documents WHERE application_id = $1 AND state <> 'lost'",
    "SELECT * FROM visits WHERE application_id = $1 OR project_id = $2 ORDER BY at, id",
)


@app.before_server_start
async def connect(app):
    app.ctx.pool = await asyncpg.create_pool(os.environ["POSTGRES"], min_size=1, max_size=10)


@app.post("/wechat/official-account")
async def same_bytes(_):
    return raw(_ANSWER, content_type="application/xml")


@app.post("/echo")
async def echo(request):
    signed = (request.args.get(name) for name in ("msg_signature", "timestamp", "nonce"))
    message = parse_message(crypto.decrypt_message(request.body, *signed))
    reply = create_reply(message.content, message).render()
    sealed = crypto.encrypt_message(reply, request.args.get("nonce"), request.args.get("timestamp"))
    return raw(sealed.encode(), content_type="application/xml")


@app.get("/api/mp/applications")
async def mine(request):
    async with app.ctx.pool.acquire() as connection:
        rows = await connection.fetch(_MINE, int(request.headers["x-customer"]))
        clocks = await connection.fetch(
            _CLOCKS, [row["id"] for row in rows], [row["project_id"] for row in rows]
        )
    return json({"items": [dict(row) for row in rows], "clocks": [dict(row) for row in clocks]}, default=str)


@app.get("/api/mp/applications/<number:str>")
async def progress(request, number):
    async with app.ctx.pool.acquire() as connection:
        row = await connection.fetchrow(_ONE, number, int(request.headers["x-customer"]))
        answer = {"application": dict(row)}
        for place, statement in enumerate(_PARTS):
            known = (row["id"], row["project_id"])[: statement.count("$")]
            answer[str(place)] = [dict(part) for part in await connection.fetch(statement, *known)]
    return json(answer, default=str)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)
