"""Settings: how one council words its tracker."""

from sheetplan.settings.loading import (
    FIELD_NAMES,
    SETTINGS_FILE,
    STANDARD,
    Settings,
    find_settings,
    load_profile,
    settings_text,
)

__all__ = [
    "FIELD_NAMES",
    "SETTINGS_FILE",
    "STANDARD",
    "Settings",
    "find_settings",
    "load_profile",
    "settings_text",
]
