"""What an operator reads in the log."""

import json
import logging
from collections.abc import Iterator

import pytest

from config.logging import configure
from config.settings import Settings


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def test_production_writes_one_object_a_line_with_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    configure("scheduler", Settings.model_construct(app_env="production", log_level="INFO"))

    logging.getLogger("backend.outbox").warning("第一行\n第二行", extra={"rid": "6a-1"})

    (line,) = capsys.readouterr().out.splitlines()
    written = json.loads(line)
    assert written["message"] == "第一行\n第二行"
    assert (written["process"], written["level"], written["rid"]) == ("scheduler", "WARNING", "6a-1")
    assert written["at"].endswith("+00:00")


def test_an_exception_stays_in_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure("backend", Settings.model_construct(app_env="production", log_level="INFO"))
    try:
        raise ValueError("坏了")
    except ValueError:
        logging.getLogger("backend").exception("失败")

    (line,) = capsys.readouterr().out.splitlines()
    assert "ValueError: 坏了" in json.loads(line)["exception"]


def test_development_writes_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure("backend", Settings.model_construct(app_env="development", log_level="INFO"))

    logging.getLogger("backend").info("已受理", extra={"number": "XZ202611230018"})

    assert capsys.readouterr().out.rstrip().endswith("backend: 已受理 number=XZ202611230018")


def test_addresses_with_secrets_never_reach_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    configure("backend", Settings.model_construct(app_env="production", log_level="DEBUG"))

    logging.getLogger("httpx").info("GET https://host/cgi-bin/token?secret=abc")
    logging.getLogger("urllib3.connectionpool").debug("GET /sns/jscode2session?secret=abc")

    assert "abc" not in capsys.readouterr().out
