"""breakdowns.yaml: by what it is estimated; a breakdown is the full crossing of its variables."""

Breakdown = tuple[str, ...]
