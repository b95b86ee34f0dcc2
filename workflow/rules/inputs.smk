# What a step depends on besides data, so that a change runs it again and a change elsewhere does not:
# the declared files it uses are inputs; the settings of config.yaml that it uses, and a fingerprint of the code
# of each package it uses, are params (Snakemake does not see the code that a command imports).
LIBRARY = Path(os.path.relpath(Path(workflow.basedir, "src/lfs")))
CONFIG = Path("config")


# Replicate weights are a table of their own where config.yaml declares them, and nothing where it does not.
replicates = ["data/processed/replicates/{round}.parquet"] if survey.config.replicates else []
replicates_delivered = (
    survey.config.replicates.count
    if survey.config.replicates and survey.config.replicates.method == "delivered"
    else None
)
replicates_option = "--replicates" if survey.config.replicates else ""


def files_in(folder, pattern="*"):
    found = (path for path in Path(folder).rglob(pattern) if path.is_file())
    return sorted(path.as_posix() for path in found if "__pycache__" not in path.parts)


def fingerprint(*files):
    digest = hashlib.sha256()
    for file in files:
        digest.update(os.path.relpath(file, LIBRARY).encode())
        digest.update(Path(file).read_bytes())
    return digest.hexdigest()[:12]


def code(*packages):
    """Package and fingerprint, for the packages named and for what every step uses."""
    verbs = sorted(LIBRARY.glob("*.py"))
    folders = {name: fingerprint(*files_in(LIBRARY / name)) for name in (*packages, "metadata", "design")}
    return repr(folders | {"verbs": fingerprint(*verbs)})


def declared(*names):
    """The library's and the survey's own declared files and folders of these names, where they exist.

    What `variables.yaml` declares may stand in the files of a folder `variables` as well.
    """
    named = dict.fromkeys(each for name in names for each in (name, Path(name).stem))
    places = [folder / name for name in named for folder in (LIBRARY / "standard", CONFIG)]
    return [file for place in places for file in ([place.as_posix()] if place.is_file() else files_in(place))]


def deliveries_of(wildcards):
    return [delivery for delivery in deliveries if delivery.round == wildcards.round]


def raw_files(wildcards):
    return [delivery.file for delivery in deliveries_of(wildcards)]


def results(wildcards):
    """Everything that is to be made; a file that should have been delivered and is not there is named at once."""
    missing = [
        f"config/rounds.csv, round {delivery.round}: office {delivery.office} has not delivered {delivery.file}. "
        "Put the file there, or take the row out to run the round without this office."
        for delivery in deliveries
        if not delivery.synthetic
        and not Path(delivery.file).exists()
        and not Path(f"data/processed/answers/{delivery.round}.parquet").exists()
    ]
    if missing:
        raise WorkflowError("\n".join(missing))
    return [*reports, "data/processed/manifest.csv"]


def office_files(wildcards):
    return [
        file for delivery in deliveries_of(wildcards) for file in files_in(CONFIG / "offices", f"{delivery.office}*")
    ]


def rows_of_rounds(wildcards):
    return [delivery.model_dump_json() for delivery in deliveries_of(wildcards)]


def offices_of_survey(wildcards):
    """A round that lacks one of the survey's offices is calibrated to what the others cover."""
    return list(survey.offices)


def headline_indicators(wildcards):
    """What is declared of the rates that the story of the weights follows."""
    names = survey.config.weighting.headline if survey.config.weighting else ()
    return [survey.indicators[name].model_dump_json() for name in names if name in survey.indicators]


def known_of_selected(wildcards):
    """What is read of households that did not answer."""
    return list(survey.config.known_of_selected)


def rounds_before(wildcards):
    """Rounds share PSUs: which ones came before a round is part of what it is."""
    return rounds[: rounds.index(wildcards.round)]


def settings(*names):
    """What config.yaml says of these names, as text."""
    return repr({name: getattr(survey.config, name) for name in sorted(names)})
