# People to estimates, round by round, then all rounds in one table; then what may be published of it.

# Besides the tables, what shows figures or compares with them: all that the plan of what is estimated reads.
planned = ["tables.yaml", "report.yaml", "published", "results_matrix.csv"]


rule estimate:
    input:
        people="data/processed/people/{round}.parquet",
        calibration="data/processed/calibration/{round}.parquet",
        replicates=replicates,
        declared=declared("variables.yaml", "indicators.yaml", "breakdowns.yaml", *planned),
    output:
        estimates="data/processed/estimates/{round}.parquet",
        quality="data/processed/quality/estimate_{round}.parquet",
    log:
        "logs/estimate/{round}.log",
    benchmark:
        "logs/benchmarks/estimate/{round}.tsv"
    params:
        code=code("estimate"),
        settings=settings(
            "confidence", "lonely_psu", "interval", "quality", "design", "replicates", "generalised_variance"
        ),
        option=replicates_option,
        headline=list(survey.config.weighting.headline) if survey.config.weighting else [],
        weight_of=survey.config.weighting.weight_of if survey.config.weighting else None,
    message:
        "Round {wildcards.round}: estimating every indicator by the breakdowns of the plan, with standard errors"
    shell:
        "python -m lfs estimate {input.people:q} {input.calibration:q} {output.estimates:q} {output.quality:q}"
        " {params.option} {input.replicates:q} > {log:q} 2>&1"


rule join:
    input:
        estimates=expand("data/processed/estimates/{round}.parquet", round=rounds),
        quality=expand(
            "data/processed/quality/{step}_{round}.parquet",
            step=["harmonise", "derive", "weight", "estimate"],
            round=rounds,
        ),
    output:
        estimates="data/processed/estimates.parquet",
        csv="data/processed/estimates.csv",
        quality="data/processed/quality.parquet",
    log:
        "logs/join.log",
    benchmark:
        "logs/benchmarks/join.tsv"
    params:
        code=code(),
    message:
        "Putting the estimates of all rounds into one table"
    shell:
        "python -m lfs join {output.estimates:q} {output.csv:q} {output.quality:q}"
        " --estimates {input.estimates:q} --quality {input.quality:q} > {log:q} 2>&1"


rule protect:
    input:
        estimates="data/processed/estimates.parquet",
        quality="data/processed/quality.parquet",
        declared=declared(
            "variables.yaml", "indicators.yaml", "breakdowns.yaml", "relations.yaml", "by_definition.yaml"
        ),
    output:
        published="data/processed/published.parquet",
        csv="data/processed/published.csv",
        quality="data/processed/published_quality.parquet",
    log:
        "logs/protect.log",
    benchmark:
        "logs/benchmarks/protect.tsv"
    params:
        code=code("protect"),
        settings=settings("quality", "disclosure", "withheld"),
    message:
        "Marking unreliable figures and withholding what could disclose persons"
    shell:
        "python -m lfs protect {input.estimates:q} {input.quality:q}"
        " {output.published:q} {output.csv:q} {output.quality:q} > {log:q} 2>&1"
