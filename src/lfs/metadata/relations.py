"""relations.yaml: concepts that add up; a total and the parts, each a boolean column of `people`."""

Relation = tuple[str, ...]
