# Checksums of everything that was made and of what it was made from: `python -m lfs verify` compares them.


rule manifest:
    input:
        raw=[delivery.file for delivery in deliveries],
        people=expand(
            "data/processed/{table}/{round}.parquet",
            table=["answers", "selected", "derived", "people", "calibration", "estimates"],
            round=rounds,
        ),
        tables=[
            f"data/processed/{table}"
            for table in [
                "estimates.parquet",
                "estimates.csv",
                "quality.parquet",
                "published.parquet",
                "published.csv",
                "published_quality.parquet",
                "comparison.csv",
            ]
        ],
        reports=reports,
    output:
        "data/processed/manifest.csv",
    log:
        "logs/manifest.log",
    benchmark:
        "logs/benchmarks/manifest.tsv"
    message:
        "Writing down the checksum of every result"
    shell:
        "python -m lfs manifest {output:q} {input:q} > {log:q} 2>&1"
