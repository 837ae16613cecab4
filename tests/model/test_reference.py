import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model import Reference

keys = st.builds(
    "{}.{}{}.{}{}".format,
    st.sampled_from(["OC", "CO", "SD", "DM"]),
    st.sampled_from("ABCH"),
    st.integers(1, 12),
    st.integers(0, 25),
    st.sampled_from(["", "", "a", "b"]),
)


def parsed(text: str) -> Reference:
    reference = Reference.parse(text)
    assert reference is not None
    return reference


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("OC.A2.1", "OC.A2.1"),
        ("OCA2.1", "OC.A2.1"),
        ("oc.a2.1", "OC.A2.1"),
        ("OC.A2.1.", "OC.A2.1"),
        ("OC..A2.1", "OC.A2.1"),
        ("OC. A2. 1", "OC.A2.1"),
        ("CO A1.10", "CO.A1.10"),
        ("PR.C1.2 b", "PR.C1.2b"),
        ("PR.C1.2B", "PR.C1.2b"),
        (" SD.A1.2b ", "SD.A1.2b"),
        ("OC.A2.1\n", "OC.A2.1"),
        ("OC.\u00a0A2.1", "OC.A2.1"),
    ],
)
def test_parse_reads_a_badly_typed_reference_as_the_same_key(typed, canonical):
    reference = parsed(typed)
    assert reference == parsed(canonical)
    assert hash(reference) == hash(parsed(canonical))
    assert str(reference) == reference.canonical == canonical
    assert reference.is_well_formed == (typed == canonical)


def test_parse_tells_the_parts_of_a_reference():
    reference = parsed("PR.C1.2 b")
    assert (reference.theme, reference.workstream, reference.number, reference.suffix) == (
        "PR",
        "C1",
        2,
        "b",
    )


@pytest.mark.parametrize(
    ("typed", "canonical", "number"),
    [
        ("1.2", "1.2", 2),
        ("IP-012", "IP-012", None),
        ("H1.2", "H1.2", 2),
        ("3", "3", None),
        ("ASC/04", "ASC/04", None),
        ("1.2A", "1.2a", 2),
        ("IP1.2", "IP1.2", 2),
    ],
)
def test_parse_takes_the_shapes_of_other_councils_as_they_are(typed, canonical, number):
    reference = parsed(typed)
    assert (reference.canonical, reference.number) == (canonical, number)
    assert (reference.theme, reference.workstream) == ("", "")
    assert reference.is_well_formed


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [(" IP-012", "IP-012"), ("ASC / 04", "ASC/04"), ("IP 012", "IP012"), ("1.2 B", "1.2b")],
)
def test_parse_cuts_the_spaces_out_of_other_shapes_too(typed, canonical):
    reference = parsed(typed)
    assert reference.canonical == canonical
    assert not reference.is_well_formed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Total",
        "N/A",
        "TBC",
        "Ref",
        "Theme 1",
        "Total 12",
        "Phase 2 actions",
        "see OC.A2.1",
        "Review the plan by 2024",
        "2023-07-01",
        "01/07/2023",
        "50%",
        "A1.23456789012345678901",
    ],
)
def test_parse_does_not_take_other_text_for_a_reference(text):
    assert Reference.parse(text) is None


@pytest.mark.parametrize(
    ("typed", "main_action"),
    [
        ("OC.A2.1", "OC.A2.0"),
        ("OCA2.10", "OC.A2.0"),
        ("SD.A1.2b", "SD.A1.0"),
        ("H1.2", "H1.0"),
        ("OC.A2.0", None),
        ("IP-012", None),
        ("3", None),
    ],
)
def test_main_action_is_the_nought_of_the_family(typed, main_action):
    reference = parsed(typed)
    assert reference.main_action == (parsed(main_action) if main_action else None)


def test_main_action_is_the_same_value_as_if_it_had_been_typed():
    main, typed = parsed("OC.A2.1").main_action, parsed("OC.A2.0")
    assert main is not None
    assert repr(main) == repr(typed)


@pytest.mark.parametrize(("typed", "is_main"), [("OC.A2.0", True), ("OC.A2.10", False)])
def test_is_main_action_looks_at_the_number_and_not_at_the_last_figure(typed, is_main):
    assert parsed(typed).is_main_action is is_main


def test_references_sort_as_people_count():
    ordered = ["1.2", "OC.A1.2", "OC.A1.2b", "OC.A1.10", "OC.A2.0", "OC.A10.0", "OC.B1.0"]
    assert [str(reference) for reference in sorted(map(parsed, reversed(ordered)))] == ordered


def test_references_do_not_compare_with_text():
    with pytest.raises(TypeError):
        assert parsed("OC.A1.2") < "OC.A1.10"


@given(keys)
def test_a_canonical_reference_reads_as_itself(key):
    assert parsed(key).canonical == key
    assert parsed(key).is_well_formed


@given(keys, st.sampled_from([str.lower, str.upper, " {} ".format, "{}.".format]))
def test_careless_typing_never_makes_another_key(key, carelessly):
    assert parsed(carelessly(key)) == parsed(key)
    assert parsed(carelessly(key.replace(".", "", 1))) == parsed(key)


@given(st.text(max_size=30))
def test_parse_never_fails_and_its_result_reads_as_itself(text):
    reference = Reference.parse(text)
    if reference is not None:
        assert Reference.parse(reference.canonical) == reference
