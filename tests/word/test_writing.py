"""What people typed comes through as typed, whatever it is."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetplan.documents.recommendations import write_recommendations
from sheetplan.documents.theme_summary import write_theme_summary
from sheetplan.documents.writing import safe_text
from sheetplan.reports.content import (
    AchievementMonth,
    AppendixGroup,
    AppendixTheme,
)
from tests.word.contents import (
    JUNE,
    action_line,
    appendix_of,
    council,
    focus_block,
    item,
    milestone,
    month_date,
    numbers,
    recommendation,
    summary_of,
    theme_summary,
    written_summary,
)
from tests.word.reading import WordFile


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ('R&D <b>not bold</b> &amp; "it\'s"', 'R&D <b>not bold</b> &amp; "it\'s"'),
        ("=SUM(A1:A9)", "=SUM(A1:A9)"),
        ("]]> <?php ?> <!-- no -->", "]]> <?php ?> <!-- no -->"),
        ("{reference} {0} {{", "{reference} {0} {{"),
        ("a\tb", "a\tb"),
        ("one\ntwo\r\nthree\rfour", "one\ntwo\nthree\nfour"),
        ("\n\nlate", "\n\nlate"),
        ("soft\vbreak, page\fbreak", "soft\nbreak, page\nbreak"),
        ("bell\a null\0 escape\x1b", "bell\ufffd null\ufffd escape\ufffd"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("whole pair 😀, Welsh ŵ, Arabic سلام", "whole pair 😀, Welsh ŵ, Arabic سلام"),
        ("  two  spaces  ", "  two  spaces  "),
        ("soft\u00adhyphen no\u2011break \u2028", "soft\u00adhyphen no\u2011break \u2028"),
    ],
)
def test_what_was_typed_comes_through(typed, read, tmp_path):
    path = written_summary(tmp_path, theme_summary(focus_blocks=(focus_block(summary=typed),)))
    said = WordFile(path).paragraphs()
    assert said[said.index(("heading 5", "Summary")) + 1] == ("Normal", read)


def test_a_very_long_text_comes_through_whole(tmp_path):
    text = "A sentence of officers. " * 20_000
    path = written_summary(tmp_path, theme_summary(exceptions=(action_line(commentary=text),)))
    assert ("Normal", f"Progress commentary: {text}") in WordFile(path).paragraphs()


def _as_specified(text: str) -> str:
    """What is to be read back: expat says which characters XML 1.0 can hold."""
    lines = text.replace("\r\n", "\n")
    return "".join("\n" if one in "\n\r\v\f" else one if _holds(one) else "\ufffd" for one in lines)


def _holds(character: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<a>&#{ord(character)};</a>", True)
    except expat.ExpatError:
        return False
    return True


def test_every_character_is_kept_broken_or_shown_to_have_been_there():
    every = [chr(code) for code in range(0x11000) if code != 0x0D]
    for one in every:
        assert safe_text(one) == _as_specified(one), hex(ord(one))


_typed = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\t\n\r\v\f\0\x1f&<>\"'=;]\u00a0\ufffe{}"),
    ),
    max_size=30,
)


@settings(max_examples=20)
@given(texts=st.lists(_typed, min_size=10, max_size=10))
def test_any_text_in_any_field_comes_back_from_the_summary(texts, tmp_path_factory):
    marked = [f"«{number}{text}»" for number, text in enumerate(texts)]
    title, sentence, block, summary, reference, update, steps, action, reason, words = marked
    line = action_line(reference, action=action, reason=reason, commentary=update)
    line_too = action_line(change_control=summary, due=month_date("x"), due_words=steps)
    theme = theme_summary(
        title,
        numbers=numbers(sentence),
        focus_blocks=(
            focus_block(
                title=block,
                summary=summary,
                progress=((reference, update),),
                next_steps=steps,
                issues=(line_too,),
            ),
        ),
        exceptions=(line,),
        achievements=(AchievementMonth(JUNE, (("", words),)),),
        milestones=(milestone(words),),
    )
    path = tmp_path_factory.mktemp("any") / "summary.docx"
    owner = council(council=title, contact=block)
    write_theme_summary(summary_of(theme), owner, path)
    said = "\n".join(text for _, text in WordFile(path).paragraphs())
    assert [said.count(_as_specified(text)) for text in marked] == [3, 1, 2, 2, 2, 2, 2, 1, 1, 2]


@settings(max_examples=20)
@given(texts=st.lists(_typed, min_size=10, max_size=10))
def test_any_text_in_any_field_comes_back_from_the_appendix(texts, tmp_path_factory):
    marked = [f"«{number}{text}»" for number, text in enumerate(texts)]
    code, source, text, dates, view, theme, heading, reference, update, words = marked
    answer = item(reference, update=update, due_words=words)
    block = recommendation(
        code,
        source=source,
        text=text,
        dates=dates,
        accepted=dates,
        auditor_view=view,
        themes=(AppendixTheme(theme, (AppendixGroup(heading, (answer,)),)),),
        open_milestones=(milestone(words),),
        completed_milestones=(milestone(words),),
    )
    path = tmp_path_factory.mktemp("any") / "appendix.docx"
    write_recommendations(appendix_of(block), council(), path)
    said = "\n".join(text for _, text in WordFile(path).paragraphs())
    assert [said.count(_as_specified(one)) for one in marked] == [2, 1, 1, 2, 1, 1, 1, 1, 1, 3]
