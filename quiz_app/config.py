"""Settings, read once from the environment; a wrong value stops the start with one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent


class SettingsInvalid(Exception):
    """A setting is missing or wrong; the message is one sentence per setting."""


class Settings(BaseSettings):
    """Everything a deployment may set; names are ``RONGCUO_`` and the field in capitals."""

    model_config = SettingsConfigDict(env_prefix="RONGCUO_", frozen=True, extra="ignore", env_ignore_empty=True)

    secret_key: str = Field(min_length=32)
    database_url: str = "sqlite:///instance/rongcuo.sqlite3"
    base_url: str = "http://127.0.0.1:8000"
    site_dir: Path = PROJECT / "site"
    library_dir: Path = PACKAGE / "library"
    bank_dir: Path | None = None
    cases_dir: Path = PROJECT / "cases"
    smtp_url: str | None = None
    mail_from: str = "rongcuo@localhost"
    timezone: str = "Asia/Shanghai"
    password_policy: Literal["asvs", "djbh"] = "asvs"  # noqa: S105 - the name of a rule, no password
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="PORT")
    workers: int = Field(default=2, ge=1, le=32)

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_a_known_database(cls, value: str) -> str:
        if value.startswith(("postgresql://", "postgres://")):
            return "postgresql+psycopg://" + value.split("://", 1)[1]
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is no known time zone") from error
        return value

    @property
    def secure(self) -> bool:
        """Whether people reach the service over HTTPS, so that cookies may demand it."""
        return self.base_url.startswith("https://")


def load_settings() -> Settings:
    """The settings of this process; raises `SettingsInvalid` with a sentence for each wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsInvalid("\n".join(_sentence(detail["loc"], detail["msg"]) for detail in error.errors())) from None


def _sentence(place: tuple[int | str, ...], reason: str) -> str:
    field = str(place[0]) if place else "?"
    name = field if field.isupper() else f"RONGCUO_{field.upper()}"
    return f"设置 {name} 不对，服务没有启动 / The setting {name} is wrong, the service did not start: {reason}."
