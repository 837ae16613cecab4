"""The message that a return goes out with: its words, and the draft that mail programs open.

A draft is a file that Outlook or Thunderbird opens as a message still to be sent. It says neither
who sends it nor when: the mail program does. Nothing is sent from here.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

from sheetplan.cycle.due_day import day_in_words
from sheetplan.model.month import Month
from sheetplan.settings.returns import ReturnSettings, guide_steps

_UNFOLDED = SMTP.clone(max_line_length=900)  # 998 is what a line of a message may have
_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def addresses_in(text: str) -> tuple[str, ...]:
    """The e-mail addresses in a cell of the sheet Owners, which has looked at them already."""
    return tuple(filter(None, map(one_line, text.split(";"))))


def one_line(text: str) -> str:
    """A text without line breaks and control characters, which a message's headings must not
    have."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@dataclass(frozen=True)
class MailMessage:
    """What a message says.

    Attributes:
        to: The addresses that it goes to; none where nobody gave one.
        subject: Its subject, on one line.
        opening: Its first paragraphs.
        heading: What stands over the steps.
        steps: How to fill the return in, step by step.
        closing: Its last paragraphs.
    """

    to: tuple[str, ...]
    subject: str
    opening: tuple[str, ...]
    heading: str
    steps: tuple[str, ...]
    closing: tuple[str, ...]

    @property
    def text(self) -> str:
        """The message as plain text."""
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(self.steps, 1))
        blocks = (*self.opening, self.heading, steps, *self.closing)
        return "\n\n".join(filter(None, blocks)) + "\n"

    @property
    def html(self) -> str:
        """The same as a web page, which reads well aloud: a title, a heading, a numbered list."""
        heading = f'<h1 style="font-size: 1.15em">{html.escape(self.heading)}</h1>'
        steps = "\n".join(f"<li>{html.escape(step)}</li>" for step in self.steps)
        return "\n".join(
            [
                "<!DOCTYPE html>",
                '<html lang="en-GB">',
                f'<head><meta charset="utf-8"><title>{html.escape(self.subject)}</title></head>',
                '<body style="font-family: Arial, sans-serif; line-height: 1.5">',
                *(f"<p>{html.escape(words)}</p>" for words in self.opening),
                *([heading] if self.heading else []),
                *([f"<ol>\n{steps}\n</ol>"] if self.steps else []),
                *(f"<p>{html.escape(words)}</p>" for words in self.closing),
                "</body>",
                "</html>",
                "",
            ]
        )


@dataclass(frozen=True)
class MailFacts:
    """What the phrases of a message fill in.

    Attributes:
        owner: The owner's name.
        month: The month.
        asked: For how many actions an update is asked.
        file: The name of the attached return.
        due: The day by which it is to come back.
        return_to: Whom it goes back to.
        has_dates: Whether another due date can be asked for.
    """

    owner: str
    month: Month
    asked: int
    file: str
    due: date
    return_to: str
    has_dates: bool = True


def message_of(facts: MailFacts, to: tuple[str, ...], settings: ReturnSettings) -> MailMessage:
    """The message that a return is first sent with."""
    return _message(facts, to, settings, "mail_subject", ["mail_ask"])


def reminder_of(
    facts: MailFacts, to: tuple[str, ...], settings: ReturnSettings, today: date
) -> MailMessage:
    """The message that asks for a return that has not come back."""
    asks = "mail_reminder_due" if facts.due >= today else "mail_reminder_late"
    return _message(facts, to, settings, "mail_reminder_subject", [asks, "mail_reminder_sent"])


def _message(
    facts: MailFacts,
    to: tuple[str, ...],
    settings: ReturnSettings,
    subject: str,
    asks: list[str],
) -> MailMessage:
    values = _values(facts, settings)

    def said(*names: str) -> tuple[str, ...]:
        texts = (settings.say(name, **values).strip() for name in names)
        return tuple(filter(None, texts))

    return MailMessage(
        to=to,
        subject=one_line(" ".join(said(subject))),
        opening=said("mail_greeting", *asks),
        heading=" ".join(said("return_guide_steps")),
        steps=said(*guide_steps(has_dates=facts.has_dates)),
        closing=said("mail_help", "mail_thanks"),
    )


def _values(facts: MailFacts, settings: ReturnSettings) -> Mapping[str, str]:
    one = facts.asked == 1
    return {
        "owner": one_line(facts.owner),
        "month": facts.month.label,
        "actions": settings.say("mail_one_action" if one else "mail_actions", count=facts.asked),
        "file": facts.file,
        "due": day_in_words(facts.due),
        "return_to": one_line(facts.return_to),
    }


def draft(message: MailMessage, file: str, workbook: bytes) -> bytes:
    """A message as a file that a mail program opens as a draft, with a workbook attached.

    Args:
        message: What it says.
        file: The attachment's name: short, and ASCII, as other names are cut up on the way.
        workbook: The attachment.
    """
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft
    if message.to:
        mail["To"] = ", ".join(message.to)
    mail["Subject"] = message.subject
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    maintype, subtype = _WORKBOOK
    mail.add_attachment(workbook, maintype=maintype, subtype=subtype, filename=file)
    # A subject that is folded right behind its name begins with a blank in some programs.
    return mail.as_bytes(policy=_UNFOLDED if message.subject.isascii() else SMTP)
