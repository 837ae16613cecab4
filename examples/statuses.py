"""The statuses of the example plan: what each is called, what it means and how it is coloured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """A status of the plan.

    `listed` is the wording of the drop-down, `searches` the words that a conditional format looks
    for, and `patterns` what COUNTIF counts; officers type more spellings than the list holds.
    Fill and ink differ by at least 4.5:1, so that the words can be read on their colour.
    """

    label: str
    listed: str
    searches: tuple[str, ...]
    patterns: tuple[str, ...]
    fill: str
    ink: str
    definition: str
    response: str


STATUSES: tuple[Status, ...] = (
    Status(
        label="On Track",
        listed="On Track- little or no slippage",
        searches=("On Track", "OnTrack"),
        patterns=("On Track*", "OnTrack*"),
        fill="0F7A52",
        ink="FFFFFF",
        definition="The work will be done by the agreed date, or within days of it. Any problem "
        "is small and the update owner is dealing with it.",
        response="Leadership Team takes note and samples the evidence.",
    ),
    Status(
        label="Medium progress",
        listed="Medium Progress- actual/ projected slippage of 1-2 months",
        searches=("Medium",),
        patterns=("Medium*",),
        fill="FFC000",
        ink="0B0C0C",
        definition="The work is moving but is one or two months behind, or will be unless "
        "something changes.",
        response="Leadership Team asks what would bring it back and looks at what depends on it.",
    ),
    Status(
        label="Significant issues / slippage",
        listed="Significant issues / slippage of more than 2 months",
        searches=("Significant",),
        patterns=("Significant*",),
        fill="CA3535",
        ink="FFFFFF",
        definition="The work is more than two months behind, or a problem stands in its way that "
        "the update owner cannot remove.",
        response="Leadership Team agrees a recovery plan and tells Cabinet.",
    ),
    Status(
        label="Not due to start",
        listed="Not due to start",
        searches=("Not due",),
        patterns=("Not due*",),
        fill="CECECE",
        ink="0B0C0C",
        definition="The start date has not come yet.",
        response="None.",
    ),
    Status(
        label="Complete",
        listed="Complete",
        searches=("Complete",),
        patterns=("Complete*",),
        fill="1D70B8",
        ink="FFFFFF",
        definition="Everything that the action asked for has been done and the evidence is on "
        "file. It is not yet closed.",
        response="Leadership Team checks the evidence and agrees to close the action.",
    ),
    Status(
        label="Closed",
        listed="Closed",
        searches=("Closed",),
        patterns=("Closed*",),
        fill="484949",
        ink="FFFFFF",
        definition="Leadership Team has agreed that no more reports are needed.",
        response="None.",
    ),
    Status(
        label="On hold",
        listed="On Hold",
        searches=("Hold",),
        patterns=("*Hold*",),
        fill="54319F",
        ink="FFFFFF",
        definition="Leadership Team has agreed to stop the work for now and has said why.",
        response="Leadership Team looks again each month at whether work can start.",
    ),
    Status(
        label="Assurance Action",
        listed="Assurance Action",
        searches=("Assurance",),
        patterns=("Assurance*",),
        fill="A9CBE5",
        ink="0B0C0C",
        definition="The change has been made. A regular check shows whether it lasts.",
        response="Leadership Team reads the result when a check falls due.",
    ),
    Status(
        label="New Action Added",
        listed="New Action Added",
        searches=("New Action",),
        patterns=("New Action*",),
        fill="F3D3BD",
        ink="0B0C0C",
        definition="The action joined the plan this month. Its first rating comes next month.",
        response="Leadership Team confirms the wording, the lead and the dates.",
    ),
    Status(
        label="N/A",
        listed="N/A",
        searches=("N/A",),
        patterns=("N/A",),
        fill="EEEFEF",
        ink="0B0C0C",
        definition="A main action whose sub-actions carry the ratings, or no report due.",
        response="None.",
    ),
)
