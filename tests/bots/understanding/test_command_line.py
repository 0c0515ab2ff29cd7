"""`python -m backend.bots`, as an operator pipes text into it."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest


def _ask(text: bytes, **environment: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "backend.bots"],
        input=text,
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "BOTS_NOW": "2026-11-23T10:30", **environment},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.usefixtures("model")
class TestCommandLine:
    def test_one_answer_a_line_with_the_facts_under_the_mini_programs_names(self) -> None:
        (answer,) = _ask(
            "我叫张三，电话13812345678，住龙湖锦园3号楼2单元501，想装天然气，明天上午来吧\n".encode()
        )

        assert answer["intent"] == "apply"
        assert answer["entities"] == {
            "contact_name": "张三",
            "contact_phone": "13812345678",
            "address": "龙湖锦园3号楼2单元501",
            "preferred_visit_at": "2026-11-24T09:00:00+08:00",
        }

    def test_the_moment_may_carry_another_zone(self) -> None:
        (answer,) = _ask("改到明天上午".encode(), BOTS_NOW="2026-11-23T20:00:00Z")

        assert answer["entities"]["preferred_visit_at"] == "2026-11-25T09:00:00+08:00"

    def test_blank_broken_and_endless_lines_get_their_answer_too(self) -> None:
        answers = _ask(b"\n\xff\xfe\xc3\n" + "催".encode() * 900_000 + b"\n" + "转人工\r\n".encode())

        assert [answer["intent"] for answer in answers[:2]] == ["unknown", "unknown"]
        assert len(answers) == 4
        assert answers[3]["intent"] == "human"

    def test_a_line_does_not_depend_on_those_before_it(self) -> None:
        line = "那明天呢".encode()

        alone, (_, after) = _ask(line), _ask("我要改上门时间\n".encode() + line)

        assert alone == [after]

    def test_it_answers_before_the_next_line_is_sent(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "backend.bots"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin
            assert process.stdout
            process.stdin.write("家里有煤气味\n".encode())
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            process.stdin.close()

        assert answer == {"intent": "emergency", "confidence": 1.0, "entities": {"customer_kind": "resident"}}
