"""wechatpy's echo on Flask: opens and seals the message, stores nothing. Under gunicorn as `app`."""

import os

from flask import Flask, request
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

app = Flask(__name__)
crypto = WeChatCrypto(os.environ["TOKEN"], os.environ["AES_KEY"], os.environ["APP_ID"])


@app.post("/wechat/official-account")
def echo():
    query = request.args
    signed = query["msg_signature"], query["timestamp"], query["nonce"]
    message = parse_message(crypto.decrypt_message(request.data, *signed))
    reply = create_reply(message.content, message).render()
    return crypto.encrypt_message(reply, query["nonce"], query["timestamp"])
