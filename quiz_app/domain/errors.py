"""Every mistake the product knows by name, each with one sentence in both languages."""

from __future__ import annotations

from typing import ClassVar

from ..content.text import Text


class AppError(Exception):
    """Base of the named errors; `sentence` says what is wrong, what was kept and what to do."""

    sentence: ClassVar[Text]

    def __str__(self) -> str:
        return f"{self.sentence.zh} / {self.sentence.en}"


class NotFound(AppError):
    """There is no such thing, or it belongs to somebody else; the two look the same."""

    sentence = Text(
        zh="没有找到这个页面，或者它不属于您。请从“我的学习”或首页重新进入。",
        en="This page does not exist or is not yours. Please start again from My study or the home page.",
    )


class NotAllowed(AppError):
    """The account's roles do not open this page."""

    sentence = Text(
        zh="您的账号没有打开这个页面的权限。如有需要，请与本企业组织人事部门联系。",
        en="Your account may not open this page. If you need it, please ask your HR department.",
    )


class SignInFailed(AppError):
    """The name or the password is wrong, or the account cannot sign in; which one is not told."""

    sentence = Text(
        zh="登录名或密码不对。请检查后再试；第一次使用请先激活账号。",
        en="The sign-in name or the password is wrong. Please check both; new users activate the account first.",
    )


class SignInLocked(AppError):
    """Too many failures; the account waits."""

    sentence = Text(
        zh="连续多次没有成功，这个登录名暂停登录 15 分钟。已完成的学习不受影响；忘记密码请向组织人事部门领取新的激活码。",
        en="Too many failed tries: this name waits 15 minutes. Your study records are untouched; "
        "if you forgot the password, ask HR for a new activation code.",
    )


class CodeInvalid(AppError):
    """The activation code is wrong, used or expired."""

    sentence = Text(
        zh="激活码不对、已经用过或者已经过期。请核对后再试，或向组织人事部门领取新的激活码。",
        en="The activation code is wrong, already used or expired. Please check it, or ask HR for a new one.",
    )


class PasswordTooWeak(AppError):
    """The new password does not keep the password rule in force here."""

    sentence = Text(
        zh="这个密码不符合要求，还没有保存。请按页面上的说明换一个。",
        en="This password does not meet the rule and was not saved. Please choose another as the page explains.",
    )


class NoOpenCycle(AppError):
    """The enterprise has no study task yet."""

    sentence = Text(
        zh="本企业还没有安排学习任务。可以先阅读模块内容，或者做不记录的练习。",
        en="Your enterprise has set no study task yet. You can read the modules or practise unrecorded.",
    )


class NothingToMakeUp(AppError):
    """No concept of the module has been re-opened by a changed clause."""

    sentence = Text(
        zh="这个模块没有需要补学的内容，原来的完成记录仍然有效。",
        en="There is nothing to make up in this module; your completion stands.",
    )


class AlreadyReleased(AppError):
    """The report was released before; it cannot change, only be followed by a corrected version."""

    sentence = Text(
        zh="这份报告已经发布，内容不再改变。如有更正，请生成更正版，原版保留。",
        en="This report is released and will not change. For a correction build a corrected version; this one is kept.",
    )


class MissingInput(AppError):
    """A required field of a form is empty or cannot be read."""

    sentence = Text(
        zh="有一项没有填写或写法不对，没有保存。请按提示补全后再提交。",
        en="A field is empty or cannot be read; nothing was saved. Please complete it and send again.",
    )


class NameTaken(AppError):
    """Another account has this sign-in name."""

    sentence = Text(
        zh="这个登录名已经有人使用，没有新建账号。请换一个登录名。",
        en="This sign-in name is in use; no account was created. Please choose another.",
    )


class FactsCameLate(AppError):
    """Something recorded before a report's cut-off was only saved after it was built."""

    sentence = Text(
        zh="生成这份报告时，有更早的记录还没有写完，报告没有发布，也没有改动。请重新生成，核对后再发布。",
        en="Something recorded before this report's cut-off was still being saved when it was built; it was not released. "
        "Please build it again, check it and release that one.",
    )


class ReportDiffers(AppError):
    """A stored report is not as it was built, or the facts give other figures now."""

    sentence = Text(
        zh="这份报告与生成时不一致，没有改动任何内容。请保留现状并联系系统管理员核查。",
        en="This report differs from what was built; nothing was changed. Keep things as they are and investigate.",
    )


class NoSuchReport(AppError):
    """No report has this serial."""

    sentence = Text(
        zh="没有这个流水号的报告，没有改动。请核对流水号，例如 JIA-202611-V1。",
        en="No report has this serial; nothing was changed. Please check it, for example JIA-202611-V1.",
    )


class SuggestionsClosed(AppError):
    """There is no supervisor's tenant yet, so nobody would read a suggestion."""

    sentence = Text(
        zh="意见建议还没有开通，没有保存任何内容。请向本企业党委办公室反映，或者过些日子再来。",
        en="Suggestions are not open yet; nothing was saved. Please tell your committee office, or come back later.",
    )


class TooManySuggestions(AppError):
    """This minute has had its share; senders are not told apart, so all of them are counted together."""

    sentence = Text(
        zh="这一分钟收到的意见建议已经满额，您的这一条还没有提交。因为不记录是谁写的，这里只按总数限制。"
        "您写的保留在下面，请过一分钟再提交。",
        en="As many suggestions came this minute as are taken in one; yours is not sent yet. Nobody records who writes, "
        "so only the total is limited. What you wrote is kept below; please send it again in a minute.",
    )


class WordsErased(AppError):
    """A suggestion that named people was erased; there is nothing left to answer."""

    sentence = Text(
        zh="这条意见涉及具体的人和事，文字已经删除，不能再答复，也没有改动。请返回列表处理其他意见。",
        en="This suggestion was about particular people or events and its text is erased, so it cannot be answered; "
        "nothing was changed. Please go back to the list.",
    )


class AnswerOvertaken(AppError):
    """Somebody else entered the version of an answer that this form was made for."""

    sentence = Text(
        zh="在您填写的时候，这条意见已经有了新的处理，您的这一份没有保存。"
        "最新的处理在下面，您写的也保留着，请核对后再提交。",
        en="This suggestion was dealt with while you were writing; yours was not saved. The latest entry is below, and "
        "what you wrote is kept; please compare them and send again.",
    )


class FileIsThere(AppError):
    """A file of this name is there already; nothing is written over."""

    sentence = Text(
        zh="已经有同名的文件，没有覆盖它，也没有写出新的。请换一个文件名。",
        en="There is a file of this name already; it was left as it is and nothing was written. Please choose another.",
    )


class FilesNotWritten(AppError):
    """A folder is missing, may not be written to, or has no room; whatever was there before is there still."""

    sentence = Text(
        zh="文件写不进去，什么都没有改动。请检查文件夹是否存在、有没有写入权限、磁盘是否已满，然后再试。",
        en="The file could not be written; nothing was changed. Please check that the folder is there, that it may be "
        "written to and that the disk has room, and try again.",
    )


class LibraryMoved(AppError):
    """The files of the library changed while an update of them was being checked."""

    sentence = Text(
        zh="检查的时候，登记册的文件又有了改动，这次没有写入。请再运行一次。",
        en="The files of the register changed while this update was being checked; nothing was written. "
        "Please run it again.",
    )
