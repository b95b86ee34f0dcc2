"""`python -m lfs STEP`: one verb a rule of the workflow, and the same a person may type in a survey's folder.

A verb reads, calls one public function of the package of its name, and writes. What a user can mend ends in one
plain message and exit status 2. Each verb imports its own package only: pandas alone costs 0.8 s.
"""

import argparse
import gc
import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from lfs.files import read_table, verify_manifest, write_files, write_manifest, write_tables
from lfs.metadata import SurveyError, load_survey
from lfs.metadata.assumptions import read_assumptions
from lfs.metadata.check import publishing_problems, weighting_problems
from lfs.metadata.labels import read_labels
from lfs.metadata.official import read_official
from lfs.metadata.publishable import check_publishable
from lfs.metadata.results_matrix import read_results_matrix
from lfs.metadata.schema import check_estimates, check_published, check_quality

# The survey is the working folder, as in Snakemake.
HERE = Path()


def synthesise(arguments: argparse.Namespace) -> None:
    """invent the files of a round, as its offices would send them"""
    from lfs.synthesise import synthesise

    write_files(synthesise(load_survey(HERE), arguments.round, arguments.file))


def harmonise(arguments: argparse.Namespace) -> None:
    """read the files of a round into one vocabulary"""
    from lfs.harmonise import harmonise

    answers, selected, quality = harmonise(load_survey(HERE), arguments.round)
    write_tables({arguments.answers: answers, arguments.selected: selected, arguments.quality: quality})


def derive(arguments: argparse.Namespace) -> None:
    """derive the concepts of the field from the answers of a round"""
    from lfs.derive import derive

    survey = load_survey(HERE)
    derived, quality = derive(read_table(arguments.answers), survey)
    write_tables({arguments.derived: derived, arguments.quality: quality})


def weight(arguments: argparse.Namespace) -> None:
    """make the weights of a round, as config.yaml declares, and tell their story"""
    from lfs.weight import weight_round

    made = weight_round(read_table(arguments.derived), read_table(arguments.selected), load_survey(HERE))
    tables = {arguments.people: made.people, arguments.calibration: made.calibration, arguments.quality: made.quality}
    if made.replicates is not None and arguments.replicates is None:
        raise SurveyError("weight: config.yaml declares replicates; name the table for them with --replicates")
    write_tables(tables if made.replicates is None else tables | {arguments.replicates: made.replicates})


def estimate(arguments: argparse.Namespace) -> None:
    """estimate every indicator by the breakdowns of the plan for a round, with standard errors"""
    from lfs.calibrated import calibration_of
    from lfs.design.replicate_table import replicates_of
    from lfs.estimate import estimate

    survey, people = load_survey(HERE), read_table(arguments.people)
    calibration = calibration_of(people, read_table(arguments.calibration), survey)
    replicates = replicates_of(people, read_table(arguments.replicates), survey) if arguments.replicates else None
    estimates, quality = estimate(people, survey, calibration, replicates)
    write_tables({arguments.estimates: estimates, arguments.quality: quality})


def join(arguments: argparse.Namespace) -> None:
    """put the estimates and the quality tables of all rounds together"""
    import pandas as pd

    estimates = pd.concat([read_table(path) for path in arguments.estimates], ignore_index=True)
    quality = pd.concat([read_table(path) for path in arguments.quality], ignore_index=True)
    check_estimates(estimates, load_survey(HERE).breakdown_variables)
    check_quality(quality)
    write_tables({arguments.table: estimates, arguments.csv: estimates, arguments.quality_table: quality})


def protect(arguments: argparse.Namespace) -> None:
    """mark unreliable figures and withhold what could disclose persons"""
    from lfs.protect import protect

    survey = load_survey(HERE)
    published, quality = protect(read_table(arguments.estimates), read_table(arguments.quality), survey)
    check_published(published, survey.breakdown_variables)
    write_tables({arguments.published: published, arguments.csv: published, arguments.published_quality: quality})


def compare(arguments: argparse.Namespace) -> int:
    """set the official figures beside the estimates, and stop a round that drifts away from them or is not compared"""
    from lfs.compare import account, compare, drifting, uncompared

    survey, published = load_survey(HERE), read_table(arguments.published)
    check_publishable(published, survey)
    table = compare(published, read_official(HERE), survey)
    write_tables({arguments.table: table})
    print("\n".join(account(table, [name for name in survey.round_names if name in set(published["round"])])))
    lacking = uncompared(table)
    if survey.config.comparison and survey.config.comparison.lacking == "tell":
        print("\n".join(lacking))
        return _report(drifting(table), "No benchmark drifts.")
    return _report([*drifting(table), *lacking], "No benchmark drifts, and none went uncompared.")


def publish(arguments: argparse.Namespace) -> None:
    """write what people read in one language: report, workbook, briefs"""
    from lfs.publish import publish

    survey, published, quality = load_survey(HERE), read_table(arguments.published), read_table(arguments.quality)
    check_publishable(published, survey)
    check_quality(quality)
    made = publish(
        published,
        quality,
        survey,
        read_labels(HERE, arguments.language),
        language=arguments.language,
        files=[path.name for path in arguments.files],
        official=read_official(HERE),
        results=read_results_matrix(survey),
        assumptions=read_assumptions(HERE),
        version=version("lfs"),
    )
    write_files({path: partial(Path.write_bytes, data=made[path.name]) for path in arguments.files})


def explorer(arguments: argparse.Namespace) -> None:
    """write the page on which readers choose what they see, in all languages of config.yaml"""
    from lfs.publish.explorer import explorer

    survey, published, quality = load_survey(HERE), read_table(arguments.published), read_table(arguments.quality)
    check_publishable(published, survey)
    check_quality(quality)
    labels = {language: read_labels(HERE, language) for language in survey.config.languages}
    page = explorer(published, quality, survey, labels)
    write_files({arguments.file: partial(Path.write_bytes, data=page)})


def export(arguments: argparse.Namespace) -> None:
    """write people as labelled files for SPSS (.sav) or Stata (.dta): microdata, not for publication"""
    from lfs.export import exported, title_of, write_statistical

    for path in arguments.files:
        if (HERE / "reports").resolve() in path.resolve().parents:
            raise SurveyError(f"{path}: reports/ is what people read; write microdata elsewhere, as in data/processed/")
    labels, survey, people = read_labels(HERE, arguments.language), load_survey(HERE), read_table(arguments.people)
    made, title = exported(people, survey, labels), title_of(people, survey, labels)
    write_files({path: partial(write_statistical, made, form=path.suffix, title=title) for path in arguments.files})
    print(f"{len(people)} persons, one by one: keep the files where only those may read them who may see microdata.")


def check(arguments: argparse.Namespace) -> int:
    """list all problems of all declared files and all rounds"""
    from lfs.derive import dictionary_problems
    from lfs.harmonise import check

    survey = load_survey(HERE)
    problems = [*dictionary_problems(survey), *check(survey), *weighting_problems(survey), *publishing_problems(survey)]
    return _report(list(dict.fromkeys(problems)), "Everything declared fits the files of all rounds.")


def describe(arguments: argparse.Namespace) -> None:
    """draft an office file from a data file's own dictionary"""
    from lfs.harmonise import describe

    print(describe(arguments.file), end="")


def lineage(arguments: argparse.Namespace) -> None:
    """print what a column is made from, down to the questions"""
    from lfs.derive import as_dot, as_text, lineage_of

    found = lineage_of(arguments.name, load_survey(HERE).variables)
    print(as_dot(found) if arguments.dot else as_text(found))


def controls(arguments: argparse.Namespace) -> None:
    """print the population totals of an invented round, to calibrate on"""
    from lfs.synthesise import controls

    print(controls(load_survey(HERE), arguments.round), end="")


def concepts(arguments: argparse.Namespace) -> None:
    """list every concept with its meaning, inputs and universe, from the dictionary and the code"""
    import pandas as pd

    from lfs.derive import concepts_page, shares_not_stated

    survey = load_survey(HERE)
    beside = arguments.file.with_name("shares_not_stated.csv") if arguments.file else None
    shares, files = None, {}
    if arguments.quality:
        invented = {row.round for row in survey.rounds if row.synthetic}
        shares = shares_not_stated(read_table(arguments.quality), invented)
        if beside:
            files[beside] = partial(shares.to_csv, index=False, lineterminator="\n")
    elif beside and beside.exists():
        shares = pd.read_csv(beside, dtype="str", keep_default_na=False)
    page = concepts_page(survey.variables, shares)
    if arguments.file is None:
        print(page, end="")
    else:
        write_files({**files, arguments.file: partial(Path.write_text, data=page, encoding="utf-8")})


def manifest(arguments: argparse.Namespace) -> None:
    """write down the checksums of results"""
    write_manifest(arguments.manifest, arguments.files)


def verify(arguments: argparse.Namespace) -> int:
    """say which results were changed by hand since the pipeline wrote them"""
    return _report(verify_manifest(arguments.manifest), "Every result is as the pipeline wrote it.")


def main(words: list[str] | None = None) -> int:
    """Run one verb; 0 when it succeeds, 2 with one plain message when the user can mend what is wrong."""
    arguments = _parser().parse_args(words)
    # Ended from outside, a verb still removes its temporary files.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # What a verb makes lives until its end: to look for cycles in it every 700 objects takes a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    try:
        return arguments.verb(arguments) or 0
    except SurveyError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
    except MemoryError:
        print(f"{arguments.step}: not enough memory; close other programs or use a larger machine", file=sys.stderr)
    return 2


def _report(problems: list[str], otherwise: str) -> int:
    print("\n".join(problems) or otherwise)
    return 2 if problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m lfs", description=__doc__.splitlines()[0])
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")

    def step(verb: Callable[[argparse.Namespace], int | None], **takes: str) -> argparse.ArgumentParser:
        command = steps.add_parser(verb.__name__, help=verb.__doc__, description=verb.__doc__)
        command.set_defaults(verb=verb)
        for name, meaning in takes.items():
            command.add_argument(name, help=meaning, type=str if name in ("round", "language", "name") else Path)
        return command

    step(synthesise, round="as in config/rounds.csv", file="file to write, as in config/rounds.csv")
    step(
        harmonise,
        round="as in config/rounds.csv",
        answers="table to write",
        selected="table of selected households to write",
        quality="table to write",
    )
    step(derive, answers="table to read", derived="table to write", quality="table to write")
    command = step(
        weight,
        derived="table to read",
        selected="table of selected households to read",
        people="table to write",
        calibration="table to write",
        quality="table to write",
    )
    command.add_argument("--replicates", type=Path, help="table of replicate weights to write, where declared")
    command = step(
        estimate,
        people="table to read",
        calibration="table to read",
        estimates="table to write",
        quality="table to write",
    )
    command.add_argument("--replicates", type=Path, help="table of replicate weights to read, where declared")
    command = step(join, table="table to write", csv="the same as csv", quality_table="table to write")
    command.add_argument("--estimates", nargs="+", type=Path, required=True, help="tables to read, one a round")
    command.add_argument("--quality", nargs="+", type=Path, required=True, help="tables to read, one a round and step")
    step(
        protect,
        estimates="table to read",
        quality="table to read",
        published="table to write",
        csv="the same as csv",
        published_quality="table to write",
    )
    step(compare, published="table to read", table="table of differences to write")
    command = step(publish, language="as in config/config.yaml", published="table to read", quality="table to read")
    command.add_argument("files", nargs="+", type=Path, help="files to write: report.html, tables.xlsx, ...")
    step(explorer, published="table to read", quality="table to read", file="page to write")
    command = step(export, language="of the labels in the files", people="table to read")
    command.add_argument("files", nargs="+", type=Path, help="files to write: .sav, .dta")
    step(check)
    step(describe, file="a data file: sav, zsav, dta, csv")
    command = step(lineage, name="a column of people, as in the dictionary")
    command.add_argument("--dot", action="store_true", help="as a graph in the language of Graphviz")
    step(controls, round="as in config/rounds.csv")
    command = step(concepts)
    command.add_argument("file", nargs="?", type=Path, help="page to write; printed where it is left out")
    command.add_argument(
        "--quality", type=Path, help="published quality table: shares_not_stated.csv is made of it, beside the page"
    )
    command = step(manifest, manifest="file to write")
    command.add_argument("files", nargs="+", type=Path, help="results")
    command = step(verify)
    command.add_argument(
        "manifest", nargs="?", type=Path, default=Path("data/processed/manifest.csv"), help="checksums"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
