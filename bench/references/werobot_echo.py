"""WeRoBot's echo on Flask: opens and seals the message, stores nothing. Under gunicorn as `app`."""

import os

from flask import Flask
from werobot import WeRoBot
from werobot.contrib.flask import make_view

robot = WeRoBot(
    token=os.environ["TOKEN"],
    encoding_aes_key=os.environ["AES_KEY"],
    app_id=os.environ["APP_ID"],
    enable_session=False,
)


@robot.text
def echo(message):
    return message.content


app = Flask(__name__)
app.add_url_rule("/wechat/official-account", view_func=make_view(robot), methods=["GET", "POST"])
