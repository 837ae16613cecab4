"""Changes: what differs between two trackers, by reference and never by position."""
