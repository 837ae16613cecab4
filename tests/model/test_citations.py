"""Citations of actions in texts: what is one, what looks like one, and what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.citations import (
    Citation,
    KnownReferences,
    cited,
    cited_sections,
    listed_references,
)
from sheetplan.model.reference import Reference


def known(text: str) -> KnownReferences:
    references = [Reference.parse(typed) for typed in text.split()]
    assert None not in references
    return KnownReferences(reference for reference in references if reference)


KNOWN = known(
    "BC.A1.0 BC.A1.1 BC.A1.2 BC.A1.10 BC.A1.11 BC.B2.0 BC.B2.4 CB.C1.6 LC.E2.6 LC.E2.7 LC.E2.8b"
)


def found(text: str, among: KnownReferences = KNOWN) -> list[tuple[str, str]]:
    """Each citation as typed, and what it names; what no row bears has a question mark."""
    return [
        (
            citation.text,
            " ".join([*map(str, citation.references), *(f"{r}?" for r in citation.unknown)]),
        )
        for citation in cited(text, among)
    ]


@pytest.mark.parametrize(
    ("text", "typed", "names"),
    [
        ("See BC.A1.1.", "BC.A1.1", "BC.A1.1"),
        ("(ref LC.E2.7)", "LC.E2.7", "LC.E2.7"),
        ("link to BC.A1.4 now", "BC.A1.4", "BC.A1.4?"),
        ("part of BCA1.2.", "BCA1.2", "BC.A1.2"),
        ("part of BCA1.4.", "BCA1.4", "BC.A1.4?"),
        ("as bc.a1.2 says", "bc.a1.2", "BC.A1.2"),
        ("as BC A1.2 says", "BC A1.2", "BC.A1.2"),
        ("BC. A1. 2", "BC. A1. 2", "BC.A1.2"),
        ("LC.E2.8 b is done", "LC.E2.8 b", "LC.E2.8b"),
        ("LC.E2.8b is done", "LC.E2.8b", "LC.E2.8b"),
        ("LC.E2.7 a start", "LC.E2.7", "LC.E2.7"),
        ("point LC.E2.7c", "LC.E2.7", "LC.E2.7"),
        ("LC.E2.9c is new", "LC.E2.9c", "LC.E2.9c?"),
        ("CO.C1.6 has a theme that is one slip off", "CO.C1.6", "CO.C1.6?"),
    ],
)
def test_an_action_is_cited_however_it_is_typed(text: str, typed: str, names: str) -> None:
    assert found(text) == [(typed, names)]


@pytest.mark.parametrize(
    ("text", "typed", "names"),
    [
        ("at BC.A1", "BC.A1", "BC.A1.0 BC.A1.1 BC.A1.2 BC.A1.10 BC.A1.11"),
        ("New work at BC.B2.", "BC.B2", "BC.B2.0 BC.B2.4"),
        ("see BC.D9 for it", "BC.D9", "BC.D9?"),
    ],
)
def test_a_workstream_names_all_of_its_actions(text: str, typed: str, names: str) -> None:
    assert found(text) == [(typed, names)]


@pytest.mark.parametrize(
    ("text", "typed", "names"),
    [
        ("LC.E2.6-7.", "LC.E2.6-7", "LC.E2.6 LC.E2.7"),
        ("LC.E2.6–8", "LC.E2.6–8", "LC.E2.6 LC.E2.7 LC.E2.8b"),
        ("LC.E2.6-2.7", "LC.E2.6-2.7", "LC.E2.6 LC.E2.7"),
        ("LC.E2.6-E2.7", "LC.E2.6-E2.7", "LC.E2.6 LC.E2.7"),
        ("BC.A1.2-11 have a gap", "BC.A1.2-11", "BC.A1.2 BC.A1.10 BC.A1.11"),
        ("BC.A1.8-10", "BC.A1.8-10", "BC.A1.10 BC.A1.8?"),
        ("BC.A1.10-12", "BC.A1.10-12", "BC.A1.10 BC.A1.11 BC.A1.12?"),
        ("BC.A1.1 to BC.A1.10", "BC.A1.1 to BC.A1.10", "BC.A1.1 BC.A1.2 BC.A1.10"),
        ("LC.E2.6 - LC.E2.7", "LC.E2.6 - LC.E2.7", "LC.E2.6 LC.E2.7"),
    ],
)
def test_a_range_is_spelt_out_and_only_its_ends_can_be_unknown(
    text: str, typed: str, names: str
) -> None:
    assert found(text) == [(typed, names)]


@pytest.mark.parametrize(
    "text",
    [
        "BC.A1.1-10/07/23",
        "BC.A1.1-2023",
        "BC.A1.1 - 7 July",
        "BC.A1.1-10.5%",
        "BC.A1.1-1",
        "BC.A1.1-99",
    ],
)
def test_what_follows_a_dash_may_be_no_end_of_a_range(text: str) -> None:
    assert found(text) == [("BC.A1.1", "BC.A1.1")]


def test_several_citations_stand_in_their_order() -> None:
    text = "BC.A1.1, B2.4 and LC.E2.6/LC.E2.7; from LC.E2.7 to BC.A1.1, C9.9 and S1.2"
    assert found(text) == [
        ("BC.A1.1", "BC.A1.1"),
        ("B2.4", "BC.B2.4"),
        ("LC.E2.6", "LC.E2.6"),
        ("LC.E2.7", "LC.E2.7"),
        ("LC.E2.7", "LC.E2.7"),
        ("BC.A1.1", "BC.A1.1"),
    ]


def test_a_citation_says_where_it_stands() -> None:
    reference = Reference.parse("BC.B2.4")
    assert reference
    assert cited("ask BC.B2.4 first", KNOWN) == (Citation("BC.B2.4", 4, (reference,)),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "COVID-19 and BC-19",
        "ISO 9001.2, EN50121.2, v1.2, V2.0.1",
        "Q3.2024, Q4, H1.2, FY24",
        "S1, S3 and KPI CP16",
        "£1.2m, 3.5%, 12.06.23, 31.07.2023, 13/07/23, 09.30",
        "See O20 - O22",
        "the A1.2 road, form P45.2",
        "BC 2.1, BC2, BC.1, BC.A1.1.3, BC.A1.23.5",
        "UK.A1.2, ZZ.A1.2 of another plan",
        "Vision 2030.A1.2 file.bc.a1.2x",
        "name@BC.A1.1, www.BC.A1.1",
        "bc.a1.4, BC A1.4, bc.a1 are typed loosely and nobody bears them",
    ],
)
def test_what_only_looks_like_a_reference_is_no_citation(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("CB.C1.5", "CB.C1.6"),
        ("BC.C1.6", "CB.C1.6"),  # two letters swapped
        ("BD.B2.4", "BC.B2.4"),
        ("BC.A1.4", "BC.A1.2"),  # of one workstream, the nearest number
        ("BC.A1.9", "BC.A1.2"),
        ("LC.E2.8", "LC.E2.8b"),
        ("XY.Z9.99", None),
    ],
)
def test_the_nearest_reference_is_the_one_that_was_meant(typed: str, meant: str | None) -> None:
    reference = Reference.parse(typed)
    assert reference
    nearest = KNOWN.nearest(reference)
    assert (str(nearest) if nearest else None) == meant


# ---------------------------------------------------------------- other councils' shapes


def test_letters_and_figures_mark_a_reference_where_several_rows_have_them() -> None:
    lettered = known("IP-001 IP-002 IP-012 IP-013 X-1")
    assert found("IP-012 and ip-013 but not IP-099", lettered) == [
        ("IP-012", "IP-012"),
        ("ip-013", "IP-013"),
        ("IP-099", "IP-099?"),
    ]
    assert found("IP-2024, IP-01, ip-098, IP-012/3, COVID-019, X-2, SHIP-001", lettered) == []


def test_bare_figures_are_a_citation_only_behind_a_word_that_says_so() -> None:
    bare = known("1.1 1.2 2.1 12 A4")
    assert found("see 1.2, action 2.1, ref: 12. Link to A4", bare) == [
        ("1.2", "1.2"),
        ("2.1", "2.1"),
        ("12", "12"),
        ("A4", "A4"),
    ]
    assert found("1.2 million, A4 paper, 12 people, see 9.9, action 3", bare) == []


def test_a_tracker_without_references_is_never_cited() -> None:
    assert found("see BC.A1.1 and action 1.2", KnownReferences([])) == []


@given(st.text("BC.A1 -,/0blLE2", max_size=40))
def test_any_text_can_be_read_and_every_citation_stands_where_it_says(text: str) -> None:
    for citation in cited(text, KNOWN):
        assert text[citation.start :].startswith(citation.text)
        assert citation.references or citation.unknown


@pytest.mark.parametrize(
    ("text", "typed", "names"),
    [
        ("Update the people strand (BC.A)", "BC.A", "BC.A1.0 BC.A1.1 BC.A1.2 BC.A1.10 BC.A1.11"),
        ("at LC.E.", "LC.E", "LC.E2.6 LC.E2.7 LC.E2.8b"),
    ],
)
def test_a_section_names_the_actions_of_all_its_workstreams(
    text: str, typed: str, names: str
) -> None:
    (citation,) = cited_sections(text, KNOWN)
    assert (citation.text, " ".join(map(str, citation.references))) == (typed, names)
    assert citation.unknown == ()


@pytest.mark.parametrize(
    "text", ["BC.Z", "bc.a", "BC.A1", "BC.A1.1", "BC.Art", "x.BC.A", "BC.A.B", "P.E teachers"]
)
def test_what_is_no_section_of_the_tracker_is_none(text: str) -> None:
    assert cited_sections(text, KNOWN) == ()


def test_a_list_of_references_needs_no_word_before_them() -> None:
    plain = known("1.1 1.2 IP-7")
    found = listed_references("1.1, 1.2/ip-7; 1.3 and £1.2m (1.1)", plain)
    assert [(c.text, str(c.references[0])) for c in found] == [
        ("1.1", "1.1"), ("1.2", "1.2"), ("ip-7", "IP-7"), ("1.1", "1.1"),
    ]  # fmt: skip
    assert listed_references("BC.A1.1", KNOWN) == ()
