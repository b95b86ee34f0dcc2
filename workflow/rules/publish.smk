# Published figures to what people read, language by language. Nothing but `published` comes in.

from lfs.metadata.report import TABLES

reports = [
    *expand("reports/{language}/{file}", language=languages, file=survey.report.files),
    "reports/explorer.html",
]


rule compare:
    input:
        published="data/processed/published.parquet",
        declared=declared("variables.yaml", "indicators.yaml", "breakdowns.yaml", "published"),
    output:
        "data/processed/comparison.csv",
    log:
        "logs/compare.log",
    benchmark:
        "logs/benchmarks/compare.tsv"
    params:
        code=code(),
        settings=settings("comparison"),
    message:
        "Setting the official figures beside the estimates"
    shell:
        "python -m lfs compare {input.published:q} {output:q} > {log:q} 2>&1"


rule publish:
    input:
        published="data/processed/published.parquet",
        # A round that drifts away from the official figures is not published.
        comparison="data/processed/comparison.csv",
        quality="data/processed/published_quality.parquet",
        declared=declared(
            "variables.yaml",
            "indicators.yaml",
            "breakdowns.yaml",
            "tables.yaml",
            "report.yaml",
            "published",
            "results_matrix.csv",
            "breaks.csv",
            "rounds.csv",
        ),
        words=lambda wildcards: declared(f"labels/{wildcards.language}"),
    output:
        files=expand("reports/{{language}}/{file}", file=survey.report.pages),
    log:
        "logs/publish/{language}.log",
    benchmark:
        "logs/benchmarks/publish/{language}.tsv"
    params:
        # The methods annex collects the assumptions of every step from its code.
        code=fingerprint(
            *files_in(LIBRARY, "*.py"), *files_in(CONFIG / "offices", "*.py"), *files_in(LIBRARY / "publish/templates")
        ),
        settings=settings(*(set(type(survey.config).model_fields) - {"languages", "synthesis"})),
    message:
        "Language {wildcards.language}: writing report and briefs"
    shell:
        "python -m lfs publish {wildcards.language:q} {input.published:q} {input.quality:q}"
        " {output.files:q} > {log:q} 2>&1"


# The same verb for workbook and figures: reports and tables of a language are written side by side.
use rule publish as publish_tables with:
    output:
        files=expand("reports/{{language}}/{file}", file=TABLES),
    log:
        "logs/publish_tables/{language}.log",
    benchmark:
        "logs/benchmarks/publish_tables/{language}.tsv"
    message:
        "Language {wildcards.language}: writing workbook and figures"


rule explorer:
    input:
        published="data/processed/published.parquet",
        comparison="data/processed/comparison.csv",
        quality="data/processed/published_quality.parquet",
        declared=declared(
            "variables.yaml",
            "indicators.yaml",
            "breakdowns.yaml",
            "tables.yaml",
            "report.yaml",
            "breaks.csv",
            "rounds.csv",
        ),
        words=declared(*(f"labels/{language}" for language in languages)),
    output:
        "reports/explorer.html",
    log:
        "logs/explorer.log",
    benchmark:
        "logs/benchmarks/explorer.tsv"
    params:
        code=code("publish"),
        settings=settings(*(set(type(survey.config).model_fields) - {"synthesis"})),
    message:
        "Writing the explorer"
    shell:
        "python -m lfs explorer {input.published:q} {input.quality:q} {output:q} > {log:q} 2>&1"
