"""The two password rules: OWASP ASVS 5.0 (6.2.1, 6.2.4, 6.2.9) and 等保 (GB/T 22239-2019, 8.1.4.1)."""

from __future__ import annotations

from typing import Literal

from ..content.text import Text

PasswordPolicy = Literal["asvs", "djbh"]

MIN_LENGTH = 8
MAX_LENGTH = 128
MIN_KINDS = 3

POLICY_WORDS: dict[PasswordPolicy, Text] = {
    "asvs": Text(
        zh="8 至 128 个字符，不要用登录名或常见密码，建议用几个词连成一句话。",
        en="8 to 128 characters; not your sign-in name or a common password. A few words in a row work well.",
    ),
    "djbh": Text(
        zh="8 至 128 个字符，大写字母、小写字母、数字、符号至少用三种，不要用登录名或常见密码。",
        en="8 to 128 characters with three of: capitals, small letters, digits, signs; not your sign-in name.",
    ),
}

_COMMON_STEMS = (
    "password",
    "passw0rd",
    "12345678",
    "123456789",
    "1234567890",
    "87654321",
    "11111111",
    "00000000",
    "88888888",
    "66666666",
    "qwertyui",
    "qwerty123",
    "1qaz2wsx",
    "abcd1234",
    "a1234567",
    "admin123",
    "woaini1314",
    "iloveyou",
    "nanjing",
    "rongcuo",
)


def is_acceptable(password: str, sign_in_name: str, policy: PasswordPolicy) -> bool:
    """Whether a new password keeps the rule; nothing is cut off or folded before hashing."""
    folded = password.casefold()
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        return False
    if sign_in_name.casefold() in folded or len(set(password)) < 4:
        return False
    if any(folded.strip("!@#.") == stem or folded.startswith(stem) for stem in _COMMON_STEMS):
        return False
    return policy == "asvs" or _kinds(password) >= MIN_KINDS


def _kinds(password: str) -> int:
    return sum(
        (
            any(c.isupper() for c in password),
            any(c.islower() for c in password),
            any(c.isdigit() for c in password),
            any(not c.isalnum() for c in password),
        )
    )
