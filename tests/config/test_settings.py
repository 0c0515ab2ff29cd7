"""What a start with good and bad settings does."""

import base64
import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import settings
from config.secret_strength import check_aes_key, is_guessable
from config.settings import Settings
from config.settings_problems import BadSettings

PRODUCTION = {
    "APP_ENV": "production",
    "DATABASE_URL": "postgres://gas:x@db.internal:5432/gas",
    "REDIS_URL": "redis://redis.internal:6379/0",
    "PUBLIC_BASE_URL": "https://gas.example.cn/",
    "SECRET_KEY": "vQ8m2Lr0Xw7cYt5Zk1Nf9Pj4Hs6Bd3Ga-TeUi",
    "WECHAT_OA_APPID": "wx5f1e0c7a9b3d2468",
    "WECHAT_OA_SECRET": "8d1f60b3c95a7e42f0d6b81a3c7e9542",
    "WECHAT_OA_TOKEN": "Kd83mQx0LpV2",
    "WECHAT_OA_AES_KEY": "Xo3v9TzKq1Lw7Rb5Yc2Hn8Pf4Gd6Jm0SaEuIiQkWxZt",
    "WECHAT_MP_APPID": "wx0a2c4e6f8b1d3579",
    "WECHAT_MP_SECRET": "3b7e9c15d2f84a60b1e7c93d5a8f2046",
    "WECHAT_MP_TOKEN": "Zr71nWy9TbC4",
    "WECHAT_MP_AES_KEY": "Ab7kZ0pQm4Vx9Ls2Wd6Rt1Yn8Hc3Gf5JuEoIaXzTqKb",
    "WECOM_CORP_ID": "ww4d8a1c6e9f2b7350",
    "WECOM_SECRET": "uT5xQ1mB8nL4vR7cK2wZ9pJ6hF3dS0gYaEiOoNtXrMk",
}


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither this machine's environment nor its `.env` decides."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment in which production starts; spoil it to taste."""
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def problems() -> dict[str, str]:
    with pytest.raises(BadSettings) as refused:
        settings.load()
    return dict(refused.value.problems)


class TestDevelopment:
    def test_nothing_needs_to_be_set(self) -> None:
        found = settings.load()

        assert (found.database_url, found.redis_url) == (None, None)
        assert found.wechat_api_base == found.wecom_api_base == "http://127.0.0.1:8100"
        assert found.public_base_url == "http://127.0.0.1:8000"
        assert found.var_dir.is_absolute()

    def test_addresses_follow_the_ports(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BACKEND_PORT", "9000")
        monkeypatch.setenv("SIMULATOR_PORT", "9100")

        assert settings.load().public_base_url == "http://127.0.0.1:9000"
        assert settings.load().wechat_api_base == "http://127.0.0.1:9100"

    def test_a_platform_given_by_address_plays_wecom_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WECHAT_API_BASE", "http://127.0.0.1:7777/")

        assert settings.load().wecom_api_base == "http://127.0.0.1:7777"

    def test_the_real_platform_comes_with_the_real_wecom(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WECHAT_API_BASE", "https://api.weixin.qq.com")

        assert settings.load().wecom_api_base == "https://qyapi.weixin.qq.com"

    def test_the_environment_wins_over_the_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        file = tmp_path / ".env"
        file.write_text("BACKEND_PORT=9001\nSIMULATOR_PORT=9002\nREDIS_URL=\n", encoding="utf-8")
        monkeypatch.setitem(Settings.model_config, "env_file", file)
        monkeypatch.setenv("BACKEND_PORT", "9003")

        found = settings.load()
        assert (found.backend_port, found.simulator_port, found.redis_url) == (9003, 9002, None)

    def test_every_wrong_value_is_named_at_once_and_none_is_shown(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wrong = {
            "APP_ENV": "prod",
            "BACKEND_PORT": "eighty",
            "BACKEND_WORKERS": "0",
            "DATABASE_URL": "mysql://root:hunter2@db/gas",
            "REDIS_URL": "memcached://x",
            "PUBLIC_BASE_URL": "gas.example.cn",
            "WECHAT_API_BASE": "http://host:port",
            "WECHAT_OA_AES_KEY": "hunter2",
        }
        for name, value in wrong.items():
            monkeypatch.setenv(name, value)

        with pytest.raises(BadSettings) as refused:
            settings.load()

        assert set(refused.value.problems) == {name.lower() for name in wrong}
        assert "BACKEND_PORT：须为整数" in str(refused.value)
        assert "hunter2" not in str(refused.value)

    def test_secrets_do_not_show_when_printed(self) -> None:
        printed = repr(settings.load())

        assert "development-only-key" not in printed
        assert "dev-oa-secret" not in printed


class TestProduction:
    @pytest.mark.usefixtures("production")
    def test_starts_with_everything_set(self) -> None:
        found = settings.load()

        assert found.production
        assert found.public_base_url == "https://gas.example.cn"
        assert found.wechat_api_base == "https://api.weixin.qq.com"
        assert found.wecom_api_base == "https://qyapi.weixin.qq.com"

    def test_lists_everything_that_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("APP_ENV", "production")

        assert set(problems()) == {name.lower() for name in PRODUCTION if name != "APP_ENV"}

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SECRET_KEY", "vQ8m2Lr0Xw7c"),
            ("SECRET_KEY", "a" * 40),
            ("SECRET_KEY", "abcd1234" * 5),
            ("SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789"),
            ("SECRET_KEY", "development-only-key-that-production-refuses"),
            ("WECHAT_OA_TOKEN", "weixin"),
            ("WECHAT_OA_TOKEN", "dev-oa-token"),
            ("WECHAT_OA_TOKEN", "lantian1"),
            ("WECHAT_OA_SECRET", "secretsecret1234"),
            ("WECHAT_MP_SECRET", "00000000000000000000000000000000"),
            ("WECHAT_MP_AES_KEY", "A" * 43),
            ("WECHAT_MP_AES_KEY", "too-short"),
            ("WECOM_SECRET", "password12345678"),
            ("PUBLIC_BASE_URL", "http://gas.example.cn"),
            ("PUBLIC_BASE_URL", "https://127.0.0.1"),
            ("DATABASE_URL", ""),
            ("REDIS_URL", ""),
        ],
    )
    def test_one_weak_value_stops_the_start(
        self, production: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        production.setenv(name, value)

        assert list(problems()) == [name.lower()]

    def test_an_unreadable_value_does_not_hide_a_weak_one(self, production: pytest.MonkeyPatch) -> None:
        production.setenv("WECHAT_OA_AES_KEY", "short")
        production.setenv("BACKEND_PORT", "eighty")
        production.setenv("SECRET_KEY", "weak")
        production.delenv("DATABASE_URL")

        assert set(problems()) == {"wechat_oa_aes_key", "backend_port", "secret_key", "database_url"}


class TestStrength:
    def test_generated_secrets_pass(self) -> None:
        generated = [
            secret for _ in range(300) for secret in (secrets.token_urlsafe(32), secrets.token_hex(16))
        ]

        assert not [secret for secret in generated if is_guessable(secret)]

    def test_a_generated_one_of_only_nine_different_characters_passes(self) -> None:
        assert not is_guessable("d7f8f817d75373d7f1366dd7c68df5dd")

    @given(st.binary(min_size=32, max_size=32))
    def test_every_encoding_aes_key_is_accepted(self, key: bytes) -> None:
        given_out = base64.b64encode(key).decode().rstrip("=")

        assert check_aes_key(given_out) == given_out

    @given(st.text(max_size=60).filter(lambda text: len(text) != 43))
    def test_anything_else_is_refused_in_words(self, text: str) -> None:
        with pytest.raises(ValueError, match="43"):
            check_aes_key(text)


class TestPartners:
    def test_in_development_the_demo_secret_serves_everybody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PARTNER_ZWFW_SECRET", "own")
        monkeypatch.setenv("PARTNER_ZWFW_URL", "http://127.0.0.1:9/callbacks")
        found = settings.load()

        assert found.find_partner_secret("zwfw") == "own"
        assert found.find_partner_url("zwfw") == "http://127.0.0.1:9/callbacks"
        assert found.find_partner_secret("gonggai") == "lantian-partner-demo"
        assert found.find_partner_url("gonggai") is None

    @pytest.mark.parametrize("secret", ["12345678901234567890", "true", '{"a": 1}'])
    def test_a_secret_is_text_whatever_it_looks_like(
        self, monkeypatch: pytest.MonkeyPatch, secret: str
    ) -> None:
        monkeypatch.setenv("PARTNER_ZWFW_SECRET", secret)

        assert settings.load().find_partner_secret("zwfw") == secret

    def test_a_misspelt_partner_or_address_stops_the_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PARTNER_ZFW_SECRET", "own")
        monkeypatch.setenv("PARTNER_ZWFW_URL", "partner.example.cn")

        assert set(problems()) == {"partner_zfw", "partner_zwfw_url"}

    def test_production_shuts_the_doors_of_a_partner_without_a_secret(
        self, production: pytest.MonkeyPatch
    ) -> None:
        production.setenv("PARTNER_ZWFW_SECRET", "f3Kq8Lw2Zx7Rv5Tn1Bd9")

        assert settings.load().find_partner_secret("zwfw") == "f3Kq8Lw2Zx7Rv5Tn1Bd9"
        assert settings.load().find_partner_secret("gonggai") is None

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PARTNER_ZWFW_SECRET", "lantian-partner-demo"),
            ("PARTNER_ZWFW_SECRET", "short"),
            ("PARTNER_ZWFW_URL", "https://partner.example.cn"),
        ],
    )
    def test_production_refuses_a_weak_or_missing_secret(
        self, production: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        production.setenv(name, value)

        assert set(problems()) == {"partner_zwfw_secret"}


LANGUAGE_MODEL = {
    "LANGUAGE_MODEL_BASE": "https://llm.example.cn/v1",
    "LANGUAGE_MODEL_KEY": "sk-8d1f60b3c95a7e42f0d6",
    "LANGUAGE_MODEL_NAME": "small",
}


class TestLanguageModel:
    def start(self, monkeypatch: pytest.MonkeyPatch, **more: str) -> Settings:
        for name, value in {**PRODUCTION, **more}.items():
            monkeypatch.setenv(name, value)
        return settings.load()

    def test_it_is_off_unless_an_address_is_given(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.start(monkeypatch).language_model_base is None

    def test_with_a_strong_key_it_is_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.start(monkeypatch, **LANGUAGE_MODEL).language_model_base == "https://llm.example.cn/v1"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("LANGUAGE_MODEL_KEY", ""),
            ("LANGUAGE_MODEL_KEY", "short"),
            ("LANGUAGE_MODEL_KEY", "aaaaaaaaaaaaaaaaaaaa"),
            ("LANGUAGE_MODEL_NAME", ""),
            ("LANGUAGE_MODEL_BASE", "http://llm.example.cn/v1"),
        ],
    )
    def test_else_the_start_is_refused_and_says_which(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        with pytest.raises(BadSettings) as refused:
            self.start(monkeypatch, **{**LANGUAGE_MODEL, name: value})
        assert name.lower() in refused.value.problems
