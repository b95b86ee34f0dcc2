# Raw files to people: one row a person, the same columns in every round.


rule synthesise:
    input:
        declared=declared("variables.yaml", "published"),
    output:
        "data/raw/synthetic/{round}/{file}",
    log:
        "logs/synthesise/{round}_{file}.log",
    benchmark:
        "logs/benchmarks/synthesise/{round}_{file}.tsv"
    params:
        code=code("synthesise"),
        rows=rows_of_rounds,
        settings=settings("synthesis", "hours_threshold"),
        rounds_before=rounds_before,
    message:
        "Round {wildcards.round}: inventing the file {wildcards.file} (no real person is in it)"
    shell:
        "python -m lfs synthesise {wildcards.round:q} {output:q} > {log:q} 2>&1"


rule harmonise:
    input:
        raw=raw_files,
        offices=office_files,
        declared=declared("variables.yaml", "classifications"),
    output:
        answers="data/processed/answers/{round}.parquet",
        selected="data/processed/selected/{round}.parquet",
        quality="data/processed/quality/harmonise_{round}.parquet",
    log:
        "logs/harmonise/{round}.log",
    benchmark:
        "logs/benchmarks/harmonise/{round}.tsv"
    params:
        code=code("harmonise"),
        rows=rows_of_rounds,
        known_of_selected=known_of_selected,
        replicates_delivered=replicates_delivered,
    message:
        "Round {wildcards.round}: reading the offices' files into one vocabulary"
    shell:
        "python -m lfs harmonise {wildcards.round:q} {output.answers:q} {output.selected:q} {output.quality:q}"
        " > {log:q} 2>&1"


rule derive:
    input:
        answers="data/processed/answers/{round}.parquet",
        offices=office_files,
        declared=declared("variables.yaml", "classifications"),
    output:
        derived="data/processed/derived/{round}.parquet",
        quality="data/processed/quality/derive_{round}.parquet",
    log:
        "logs/derive/{round}.log",
    benchmark:
        "logs/benchmarks/derive/{round}.tsv"
    params:
        code=code("derive"),
        settings=settings("working_age", "working_age_to", "hours_threshold"),
    message:
        "Round {wildcards.round}: deriving labour force status, informality, displacement and groupings"
    shell:
        "python -m lfs derive {input.answers:q} {output.derived:q} {output.quality:q} > {log:q} 2>&1"


rule weight:
    input:
        derived="data/processed/derived/{round}.parquet",
        selected="data/processed/selected/{round}.parquet",
        controls=lambda wildcards: files_in(CONFIG / "controls", f"{wildcards.round}.csv"),
        declared=declared("variables.yaml"),
        offices=office_files,
    output:
        people="data/processed/people/{round}.parquet",
        calibration="data/processed/calibration/{round}.parquet",
        quality="data/processed/quality/weight_{round}.parquet",
        replicates=replicates,
    log:
        "logs/weight/{round}.log",
    benchmark:
        "logs/benchmarks/weight/{round}.tsv"
    params:
        code=code("weight"),
        settings=settings("weighting", "replicates", "design", "lonely_psu"),
        option=replicates_option,
        headline=headline_indicators,
        offices=offices_of_survey,
    message:
        "Round {wildcards.round}: making the weights, and their story"
    shell:
        "python -m lfs weight {input.derived:q} {input.selected:q} {output.people:q} {output.calibration:q}"
        " {output.quality:q} {params.option} {output.replicates:q} > {log:q} 2>&1"
