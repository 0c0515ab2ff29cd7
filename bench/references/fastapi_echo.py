"""wechatpy's echo on FastAPI: opens and seals the message, stores nothing. Under uvicorn as `app`."""

import os

from fastapi import FastAPI, Request, Response
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

app = FastAPI()
crypto = WeChatCrypto(os.environ["TOKEN"], os.environ["AES_KEY"], os.environ["APP_ID"])


@app.post("/wechat/official-account")
async def echo(request: Request) -> Response:
    query = request.query_params
    signed = query["msg_signature"], query["timestamp"], query["nonce"]
    message = parse_message(crypto.decrypt_message(await request.body(), *signed))
    reply = create_reply(message.content, message).render()
    sealed = crypto.encrypt_message(reply, query["nonce"], query["timestamp"])
    return Response(sealed, media_type="application/xml")
