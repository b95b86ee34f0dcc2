"""The labour force survey pipeline: from microdata as delivered to published figures."""
