"""The informal sector and informal employment by the 21st ICLS (2023, resolution I)."""
