"""The section [reports.phrases]: every phrase that a report prints, and what may be filled in.

A phrase says where a value goes with its name in braces: "Slippage of {months} against {due}".
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from sheetplan.settings.section import Section, did_you_mean

_WITHOUT_VALUES = """
green amber red
on_track medium_progress significant_slippage not_due_to_start complete closed on_hold
not_applicable assurance_action new_action no_status no_earlier_rating
and none_due no_actions
improved worsened unchanged new completed no_update
whole_plan section_numbers section_focus section_exceptions section_attention
section_achievements section_milestones
no_focus summary progress next_steps issues no_progress no_issues no_exceptions nothing_to_note
one_month under_a_month not_yet_due due_this_month no_due_date open_due_date unreadable_due_date
reason_on_hold no_reason change_control no_lead no_update_given
no_date moved_once moved_twice
why_no_update why_no_status why_neither
none_recorded no_achievements no_milestones milestone_open
summary_about cover_about about_numbers about_movement about_focus about_exceptions
about_attention about_achievements about_milestones about_recommendations about_progress
about_plain about_recommendation_milestones appendix_about
key_not_due_to_start key_complete key_closed key_on_hold key_not_applicable key_assurance_action
key_new_action
source dates accepted auditor_view not_recorded not_stated no_text no_sent
no_actions_in_theme no_workstream
completed_milestones map_findings
theme recommendation milestones word_about
change_added change_removed change_renumbered change_moved
moved_within_month date_set taken_out moved_uncounted no_changes one_change
about_changed_actions about_changed_texts about_changed_dates about_changed_statuses
about_changed_past about_changed_structure
verdict_delivered verdict_on_track verdict_at_risk verdict_not_rated verdict_outside_the_plan
verdict_no_trace verdict_unknown_reference
register_about section_coverage section_not_monitored about_not_monitored all_reviews
yes no register_findings no_reference no_action_named no_answer about_coverage about_register
verdict answered_by what_is_wrong
"""
_WITH_VALUES = {
    "rating": "colour meaning",
    "history": "months rating",
    "month_range": "first last",
    "on_track_or_complete": "share",
    "share": "good due percent",
    "left_out": "sentence left_out",
    "left_out_not_yet_due": "count",
    "left_out_not_applicable": "count",
    "left_out_other": "count meaning",
    "no_month_before": "month",
    "no_summary": "month",
    "no_next_steps": "month",
    "carried": "text month",
    "copied": "text month",
    "update": "reference update",
    "issue": "reference action rating",
    "due_revised": "due revised",
    "due_moved": "original current moved",
    "moved_times": "count",
    "due_awaiting": "due change_control",
    "months": "count",
    "slippage_minor": "months",
    "slippage_medium": "months",
    "slippage_significant": "months",
    "reason_slippage": "months due",
    "why_not_understood": "status",
    "why_not_understood_near": "status nearest",
    "why_copied": "month",
    "why_due_next": "months",
    "milestone": "before after",
    "milestone_due": "due",
    "milestone_complete": "status month",
    "summary_title": "council month",
    "appendix_title": "council month",
    "sheet_title": "sheet month",
    "key_on_track": "medium significant",
    "key_medium_progress": "medium significant",
    "key_significant_slippage": "medium significant",
    "sent": "date",
    "considered": "sent date",
    "considered_in_time": "sent date",
    "considered_late": "sent date limit",
    "not_considered": "sent",
    "to_be_considered": "sent limit",
    "should_have_been_considered": "sent limit",
    "view_dated": "view date",
    "dated": "month",
    "contact": "contact",
    "due": "due",
    "commentary": "commentary",
    "page": "page pages",
    "register_title": "council month",
    "answered_through": "codes",
    "rated_alike": "rating references",
    "unknown_reference": "reference",
    "unknown_reference_near": "reference nearest",
    "changes_title": "council",
    "changes_about": "months",
    "compared_file": "file count month",
    "compared_file_without_month": "file count month",
    "section_changes": "month",
    "several_changes": "count",
    "moved_later": "months",
    "moved_earlier": "months",
}
PHRASES: Mapping[str, frozenset[str]] = {
    **{name: frozenset() for name in _WITHOUT_VALUES.split()},
    **{name: frozenset(values.split()) for name, values in _WITH_VALUES.items()},
}
"""Every phrase by its name, with the names of the values that it may use."""


def phrases(
    section: Section,
    base: Mapping[str, str],
    known: Mapping[str, frozenset[str]] = PHRASES,
) -> dict[str, str]:
    """The council's phrases, and the profile's where it has none of its own.

    Args:
        section: The section of phrases.
        base: The profile's.
        known: Every phrase by its name, with the names of the values that it may use.

    Raises:
        SettingsError: a phrase is unknown or missing, or has a value that nobody fills in.
    """
    section.accept_only(known)
    found = dict(base)
    for name in section.table:
        found[name] = _checked(section, name, known[name])
    for name in known:
        if name not in found:
            raise section.error(f"{name} is missing.", 'Write it, if only as "".')
    return found


def _checked(section: Section, name: str, values: frozenset[str]) -> str:
    phrase = section.text(name)
    try:
        pieces = list(Formatter().parse(phrase))
    except ValueError as error:
        raise section.error(
            f'{name}: a brace is left alone in "{phrase}".',
            "Braces stand in pairs around a value; one that is to be printed is doubled: {{.",
        ) from error
    for _, value, how, conversion in pieces:
        if value is None:
            continue
        if value not in values or how or conversion:
            typed = value + (f"!{conversion}" if conversion else "") + (f":{how}" if how else "")
            raise section.error(
                f"{name}: nobody fills in {{{typed}}}.",
                did_you_mean(value, sorted(values))
                if values
                else "This phrase has no values; take the braces out.",
            )
    return phrase
