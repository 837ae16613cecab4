"""The messages that returns go out with, as a mail program reads them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from lxml import html as lxml_html

from sheetplan.cycle.due_day import day_in_words
from sheetplan.cycle.mail_drafts import (
    MailFacts,
    MailMessage,
    addresses_in,
    draft,
    message_of,
    reminder_of,
)
from sheetplan.cycle.send_list import SendListRow, send_list
from sheetplan.model.month import Month
from sheetplan.settings import load_profile
from sheetplan.settings.returns import ReturnSettings

STANDARD = load_profile("standard").returns
DUE = date(2023, 8, 25)
FACTS = MailFacts(
    "Head of HR",
    Month(2023, 8),
    12,
    "2023-08_head-of-hr-3f2a.xlsx",
    DUE,
    "Jo Reed, jo@wexcombe.example",
)
WORKBOOK = b"PK\x03\x04 and any bytes \x00\xff\r\n"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def facts(**changes: object) -> MailFacts:
    return replace(FACTS, **changes)


def made(message: MailMessage) -> bytes:
    return draft(message, FACTS.file, WORKBOOK)


def read(data: bytes) -> EmailMessage:
    """A draft as Python's own parser reads it, which notes every fault that it sees."""
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    for part in found.walk():
        assert part.defects == []
        assert all(header.defects == () for header in part.values())
    return found


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


# ---------------------------------------------------------------- what it says


def test_a_message_says_what_by_when_how_and_whom_to_ask():
    text = message_of(FACTS, (), STANDARD).text
    for words in (
        "Dear Head of HR,",
        "August 2023",
        "12 actions",
        "Friday 25 August 2023",
        "2023-08_head-of-hr-3f2a.xlsx",
        "choose Enable Editing",
        "\n1. Save the workbook",
        "If anything is unclear, ask Jo Reed, jo@wexcombe.example.",
    ):
        assert words in text


def test_the_steps_are_those_of_the_guide_in_the_workbook():
    steps = message_of(FACTS, (), STANDARD).steps
    assert len(steps) == 7
    assert steps[0] == STANDARD.say("return_step_open")
    assert steps[-1].endswith(
        "send it back to Jo Reed, jo@wexcombe.example by Friday 25 August 2023."
    )


def test_one_action_is_not_called_actions():
    text = message_of(facts(asked=1), (), STANDARD).text
    assert "on 1 action of" in text


def test_a_reminder_before_the_day_asks_by_when_and_after_it_as_soon_as_possible():
    before = reminder_of(FACTS, (), STANDARD, date(2023, 8, 25))
    after = reminder_of(FACTS, (), STANDARD, date(2023, 8, 26))
    assert before.subject.startswith("Reminder: ")
    assert "by Friday 25 August 2023" in before.opening[1]
    assert "was due on" not in before.text
    assert "was due on Friday 25 August 2023" in after.opening[1]
    assert "as soon as you can" in after.opening[1]


def test_a_sentence_that_a_council_leaves_blank_is_left_out():
    phrases = {**STANDARD.phrases, "mail_thanks": "", "return_step_new": " ", "mail_greeting": ""}
    message = message_of(FACTS, (), ReturnSettings(phrases=phrases))
    assert len(message.steps) == 6
    assert message.text.startswith("Please give your update")
    assert "\n\n\n" not in message.text
    assert "<p></p>" not in message.html


def test_braces_in_what_is_filled_in_stay_as_they_are():
    assert "Dear {month} & Co," in message_of(facts(owner="{month} & Co"), (), STANDARD).text


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2023, 8, 25), "Friday 25 August 2023"), (date(2024, 2, 1), "Thursday 1 February 2024")],
)
def test_a_day_is_said_with_its_weekday(day, words):
    assert day_in_words(day) == words


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("", ()),
        ("jo@wexcombe.example", ("jo@wexcombe.example",)),
        (
            " jo@wexcombe.example ;ann@wexcombe.example; ",
            ("jo@wexcombe.example", "ann@wexcombe.example"),
        ),
    ],
)
def test_several_addresses_stand_between_semicolons(typed, addresses):
    assert addresses_in(typed) == addresses


# ---------------------------------------------------------------- the draft as a file


def test_a_draft_has_the_headers_of_a_message_to_be_sent_and_no_others():
    message = message_of(FACTS, ("jo@wexcombe.example", "ann@wexcombe.example"), STANDARD)
    mail = read(made(message))
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "jo@wexcombe.example, ann@wexcombe.example"
    assert [address.addr_spec for address in mail["To"].addresses] == list(message.to)
    assert mail["Subject"] == message.subject
    assert set(mail.keys()) == {"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"}


def test_a_draft_without_an_address_has_no_recipient():
    assert "To" not in read(made(message_of(FACTS, (), STANDARD)))


def test_a_draft_has_text_and_html_and_the_workbook():
    message = message_of(FACTS, (), STANDARD)
    mail = read(made(message))
    assert mail.get_content_type() == "multipart/mixed"
    assert body(mail, "plain") == message.text
    assert body(mail, "html") == message.html
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == XLSX
    assert attached.get_content_disposition() == "attachment"
    assert attached.get_filename() == FACTS.file
    assert attached.get_content() == WORKBOOK


def test_every_line_ends_as_mail_programs_want_it_and_is_plain_ascii():
    message = message_of(facts(owner="Élodie – “Ж”"), ("jo@wexcombe.example",), STANDARD)
    data = made(message)
    assert data.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert body(read(data), "plain") == message.text


def test_the_name_of_the_attachment_is_in_one_piece():
    data = made(message_of(FACTS, (), STANDARD))
    assert f'filename="{FACTS.file}"'.encode() in data
    assert b"filename*" not in data


def test_a_subject_with_accents_is_encoded_and_comes_back_whole():
    phrases = {**STANDARD.phrases, "mail_subject": "Cyngor Sŵn – {owner}: {month}, " + "ŵ" * 90}
    message = message_of(facts(owner="Zoë Ž"), (), ReturnSettings(phrases=phrases))
    data = made(message)
    raw = re.search(rb"^Subject:(.*\r\n([ \t].*\r\n)*)", data, re.MULTILINE)
    assert raw is not None
    assert {charset for _, charset in decode_header(raw[1].decode("ascii"))} <= {"utf-8", None}
    assert b"=?utf-8?" in raw[1]
    assert read(data)["Subject"] == message.subject


@pytest.mark.parametrize(
    "name",
    [
        "HR\r\nBcc: all@wexcombe.example",
        "HR\nBcc: all@wexcombe.example",
        "HR\x0bBcc: x",
        "HR\u2028Bcc: x\x00",
    ],
)
def test_a_name_cannot_put_a_header_into_a_message(name):
    phrases = {**STANDARD.phrases, "mail_subject": "For {owner}"}
    mail = read(made(message_of(facts(owner=name), (), ReturnSettings(phrases=phrases))))
    assert "Bcc" not in mail
    assert mail["Subject"].startswith("For HR Bcc: ")


def test_an_address_cannot_put_a_header_into_a_message():
    message = message_of(FACTS, ("jo@wexcombe.example\r\nBcc: all@wexcombe.example",), STANDARD)
    with pytest.raises(ValueError, match="may not contain"):
        made(message)
    to = addresses_in("jo@wexcombe.example\r\nBcc: all@wexcombe.example")
    assert b"\nBcc" not in made(message_of(FACTS, to, STANDARD))


# ---------------------------------------------------------------- html


def test_html_shows_names_and_never_obeys_them():
    name = '<script>alert("1")</script> & <b>Co</b>'
    message = message_of(facts(owner=name, return_to="<img src=x>"), (), STANDARD)
    page = lxml_html.document_fromstring(message.html)
    assert not page.xpath("//script | //b | //img")
    assert page.xpath("string(//p[1])") == f"Dear {name},"


def test_html_says_the_same_as_the_text_and_reads_well_aloud():
    message = message_of(FACTS, (), STANDARD)
    page = lxml_html.document_fromstring(message.html)
    assert page.get("lang") == "en-GB"
    assert page.xpath("string(//title)") == message.subject
    assert page.xpath("count(//h1)") == 1
    assert tuple(page.xpath("//ol/li/text()")) == message.steps
    shown = " ".join(page.xpath("string(//body)").split())
    text = " ".join(re.sub(r"^\d+\. ", "", message.text, flags=re.MULTILINE).split())
    assert shown == text


def test_html_asks_for_nothing_from_elsewhere_and_closes_what_it_opens():
    source = message_of(FACTS, (), STANDARD).html
    assert not re.search(r"src=|href=|url\(|<script", source)
    open_tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag != "meta":
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Reader().feed(source)
    assert open_tags == []


# ---------------------------------------------------------------- the list


def row(**changes: object) -> SendListRow:
    values = {
        "to": "jo@wexcombe.example",
        "name": "Head of HR",
        "subject": "Your update",
        "file": "2023-08_head-of-hr-3f2a.xlsx",
        "rows": 12,
        "due": "Friday 25 August 2023",
        "message": "Dear Jo,\n\nPlease.\n",
        **changes,
    }
    return SendListRow(**values)


def read_list(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_list_has_a_line_for_each_message():
    (found,) = read_list(send_list([row()]))
    assert list(found) == ["to", "name", "subject", "file", "rows", "due", "message"]
    assert found == {k: str(v) for k, v in row().__dict__.items()}


def test_accents_quotes_commas_and_line_breaks_arrive_whole():
    name = 'Zoë "Ž", O\'Brien / Children’s; 日本'
    (found,) = read_list(send_list([row(name=name)]))
    assert found["name"] == name
    assert found["message"] == "Dear Jo,\n\nPlease.\n"


def test_lines_end_as_windows_ends_them():
    data = send_list([row(message="one"), row(message="two")])
    assert data.count(b"\r\n") == 3
    assert data.count(b"\n") == 3


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_begins_a_formula(first):
    (found,) = read_list(send_list([row(name=f"{first}1+1", to="")]))
    assert found["name"] == f"'{first}1+1"
    assert found["to"] == ""


def test_a_sign_inside_a_cell_stays_as_it_is():
    (found,) = read_list(send_list([row(name="Head of HR = people +1")]))
    assert found["name"] == "Head of HR = people +1"
