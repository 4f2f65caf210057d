"""Text: characters a second to quantities, and to claims with their meaning; one report alone."""

from bench.corpus import Corpus, Text, corpora, longest_under
from bench.reference import NAME, digits_only
from bench.results import Figure, Measurement, Options, Target
from bench.timing import Timed, by_turns
from shanhai.claims.find import find_claims
from shanhai.claims.texts import find_quantities
from shanhai.reading.read import read

TO_QUANTITIES = 1_000_000
TO_CLAIMS = 500_000
ONE_REPORT = 3_500
ONE_REPORT_MS = 10
_QUANTITIES, _CLAIMS, _READ = "to quantities", "to full claims", "to report"


def measure(options: Options) -> Measurement:
    """Each corpus by itself; the targets are for reports, so the dense texts have none."""
    figures: list[Figure] = []
    targets: list[Target] = []
    for corpus in corpora():
        times = _times(corpus, options)
        found = [_figure(corpus, name, times) for name in times]
        figures += found
        if corpus.name != "dense":
            targets += _targets(corpus, {f.what: f.value for f in found})
    alone = _one_report(options)
    figures.append(alone)
    targets.append(
        Target(f"one report of {ONE_REPORT:,} characters", ONE_REPORT_MS, alone.value, "ms", most=True)
    )
    notes = tuple(c.told() for c in corpora())
    return Measurement("text_speed", "Text", tuple(figures), tuple(targets), notes)


def _times(corpus: Corpus, options: Options) -> dict[str, Timed]:
    texts = corpus.texts[:2] if options.quick else corpus.texts
    received = [(t.name, t.data) for t in texts]
    characters = sum(len(t.text) for t in texts)
    times = by_turns(
        {
            NAME: digits_only((data, "utf-8") for _, data in received),
            _READ: lambda: [read(data, name=name) for name, data in received],
            _QUANTITIES: lambda: [find_quantities(t.text) for t in texts],
            _CLAIMS: lambda: [find_claims(read(data, name=name)) for name, data in received],
        },
        rounds=2 if options.quick else 7,
    )
    return {name: Timed(tuple(s / characters for s in t.seconds)) for name, t in times.items()}


def _figure(corpus: Corpus, name: str, times: dict[str, Timed]) -> Figure:
    time, reference = times[name], times[NAME]
    return Figure(
        what=f"{corpus.name} {name}",
        value=1 / time.median,
        unit="characters/s",
        best=1 / time.best,
        ratio=time.times_faster_than(reference),
        of=NAME,
    )


def _targets(corpus: Corpus, speeds: dict[str, float]) -> list[Target]:
    bounds = ((_QUANTITIES, TO_QUANTITIES), (_CLAIMS, TO_CLAIMS))
    return [
        Target(f"text {name}, {corpus.name}", bound, speeds[f"{corpus.name} {name}"], "characters/s")
        for name, bound in bounds
    ]


def _one_report(options: Options) -> Figure:
    """Bytes to claims of one report, after start."""
    text: Text = longest_under(ONE_REPORT)
    data = text.data
    times = by_turns(
        {_CLAIMS: lambda: find_claims(read(data, name=text.name))}, rounds=3 if options.quick else 15
    )
    time = times[_CLAIMS]
    note = f"{text.name}, {len(text.text):,} characters"
    return Figure(f"one report {_CLAIMS}", time.median * 1000, "ms", time.best * 1000, note=note)
