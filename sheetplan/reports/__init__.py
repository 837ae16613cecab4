"""What a report says, before it has a look: a tracker in, content out. No Excel here."""
