"""A template that the platform would refuse is named before the first message, with what to do about it."""

import os
import subprocess
import sys

import httpx

from backend.gateways.wechat.answers import Template
from backend.templates_check.compare import faults
from config.messages.texts import PlatformTemplate, TemplatePair
from config.settings import PROJECT_ROOT
from tests.support.processes import RunningProcess


def _ours(**fields: str) -> dict[str, TemplatePair]:
    return {"case_progress": TemplatePair(official_account=PlatformTemplate(id="T1", fields=fields))}


def _theirs(template_id: str, *keys: str) -> dict[str, list[Template]]:
    content = "\n".join(f"事项：{{{{{key}.DATA}}}}" for key in keys)
    template = Template(template_id=template_id, title="进度通知", content=content)
    return {"official_account": [template], "mini_program": []}


class TestWhatIsSaid:
    def test_nothing_where_both_agree(self) -> None:
        assert faults(_ours(thing1="{title}"), _theirs("T1", "thing1")) == []

    def test_an_id_the_platform_does_not_know_and_the_one_that_is_meant(self) -> None:
        (said,) = faults(_ours(thing1="{title}"), _theirs("T9", "thing1"))
        assert "没有模板 T1" in said
        assert "T9（进度通知）" in said
        assert "templates.toml" in said

    def test_an_id_nothing_resembles(self) -> None:
        (said,) = faults(_ours(thing1="{title}", time2="{at}"), _theirs("T9", "thing1"))
        assert "公众号后台" in said
        assert "thing1、time2" in said

    def test_fields_that_are_missing_or_too_many(self) -> None:
        left_empty, not_there = faults(
            _ours(thing1="{title}", time2="{at}"), _theirs("T1", "thing1", "time4")
        )
        assert "还要字段 time4" in left_empty
        assert "没有字段 time2" in not_there

    def test_a_type_nobody_shapes(self) -> None:
        (said,) = faults(_ours(amount1="{title}"), _theirs("T1", "amount1"))
        assert "amount1" in said
        assert "character_string" in said


class TestTheCommand:
    def test_our_templates_fit_the_local_platform_and_a_changed_one_is_named(
        self, environment: dict[str, str], simulator: RunningProcess
    ) -> None:
        fine = _run(environment)
        assert (fine.returncode, "一致" in fine.stdout) == (0, True), fine.stderr

        before = next(
            template
            for template in httpx.get(f"{simulator.url}/sim/templates", trust_env=False).json()["items"]
            if template["template_id"] == "SM-CASE-PROGRESS"
        )
        changed = {**before, "content": before["content"] + "\n备注：{{thing9.DATA}}"}
        _register(simulator, changed)
        try:
            bad = _run(environment)
        finally:
            _register(simulator, before)
        assert bad.returncode == 1
        assert "case_progress.mini_program" in bad.stdout
        assert "thing9" in bad.stdout


def _register(simulator: RunningProcess, template: dict[str, str]) -> None:
    url = f"{simulator.url}/sim/templates"
    httpx.post(url, json=template, timeout=10, trust_env=False).raise_for_status()


def _run(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend.templates_check"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
