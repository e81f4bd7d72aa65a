"""People in cases and questions are always 某: what reads like the name of a person is a fault (product.md §6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .faults import Fault, fault
from .text import Model, texts_in

# Surnames that also begin everyday words (任期, 金额, 何时) are left out, so that nothing else is taken for a name.
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙朱胡郭林罗梁郑谢宋唐邓冯韩曹彭萧蔡潘田董袁叶蒋杜苏魏吕丁沈姚卢傅钟姜崔谭廖"
    "汪戴贾韦夏邱侯邹熊孟秦阎薛尹雷黎陶贺郝龚邵赖覃洪莫]"
)
_GIVEN = "(?:(?![某的])[一-鿿]){1,2}"
_POST = (
    "(?:董事长|经理|书记|主任|厂长|局长|处长|科长|站长|队长|组长|总监|主管|会计|工程师|委员|当事人|负责人|责任人|"
    "员工|职工|姓名[：:]|名叫)"
)
# A name after a post is told from the rest of the sentence by what follows it.
_AFTER = r"(?=[，。、；：？！（）()“”《》\s]|$|因|在|被|向|把|对|说|与|等|未|擅自|违|决定|签)"
_ZH = re.compile(f"{_POST}({_SURNAME}{_GIVEN}){_AFTER}|({_SURNAME}{_GIVEN})(?:同志|先生|女士)")
_EN = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Comrade)\.? ([A-Z][a-z]+)")


def name_faults(file: str, model: Model) -> Iterator[Fault]:
    """Every text of a case or a module that names a person."""
    for place, text in texts_in(model):
        yield from faults_of_names(file, f"{place}.zh", text.zh)
        yield from faults_of_names(file, f"{place}.en", text.en or "")


def faults_of_names(file: str, place: str, text: str) -> Iterator[Fault]:
    """Everything in a text that reads like a person's name: after a post, or before 同志 and the like."""
    for match in (*_ZH.finditer(text), *_EN.finditer(text)):
        name = next(group for group in match.groups() if group)
        yield fault(file, place, f"疑似真实姓名“{name}”，一律写“某”", f"“{name}” reads like a person's name")
