"""``shanhai catalogue``: show, check and extend what is known about indicators."""

import sys
from pathlib import Path

import click

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.files import OVERLAY, own_folder
from shanhai.catalogue.indicators import Adds, Direction, Indicator, load_indicators
from shanhai.model import CatalogueError


@click.group("catalogue")
def command() -> None:
    """Show, check and extend what is known about indicators.

    A folder of your own, laid over the built-in catalogue, is named by SHANHAI_CATALOGUE; it holds
    indicators/AREA/NAME.yaml and rules/NAME.yaml, and a file there replaces the built-in one of the same name.
    """


@command.command("list")
@click.option("--area", "-a", help="Only this area.")
def list_(area: str | None) -> None:
    """List the indicators: code, Chinese and English name."""
    for code, indicator in _indicators().items():
        if area is None or code.startswith(f"{area}."):
            click.echo(f"{code:40} {indicator.name_zh}  {indicator.name_en}")


@command.command("show")
@click.argument("code")
def show(code: str) -> None:
    """Show one indicator, or an area."""
    areas = load_areas()
    if code in areas:
        area = areas[code]
        click.echo(f"{code}  {area.name_zh}  {area.name_en}\n{area.definition_zh}\n{area.definition_en}")
        for other, line in area.neighbours.items():
            click.echo(f"  ↔ {other}: {line}")
        return
    indicator = _indicators().get(code)
    if indicator is None:
        near = [c for c in _indicators() if code.rpartition(".")[2] in c]
        hint = f"did you mean {', '.join(near[:5])}?" if near else "shanhai catalogue list shows all"
        raise click.ClickException(f"there is no indicator {code}; {hint}")
    for line in _described(code, indicator):
        click.echo(line)


def _described(code: str, indicator: Indicator) -> list[str]:
    ratio = f" = {indicator.numerator} ÷ {indicator.denominator}" if indicator.numerator else ""
    over = f" over {', '.join(indicator.over)}" if indicator.over else ""
    return [
        f"{code}  {indicator.name_zh}  {indicator.name_en}",
        indicator.definition_zh,
        indicator.definition_en,
        f"units      {'、'.join(u or '–' for u in indicator.units)}",
        f"adds up    {indicator.adds.value}{over}{ratio}",
        f"direction  {indicator.direction.value}",
        f"DAC {indicator.dac or '–'}   SDG {indicator.sdg or '–'}",
        f"words      {'、'.join(indicator.words)}",
        *(f"  ✓ {e.text}  → {e.quote}" for e in indicator.examples),
        *(f"  ✗ {e.text}  → {e.quote}" for e in indicator.counter_examples),
    ]


@command.command("check")
def check() -> None:
    """Check the whole catalogue: all its files, and that each indicator's example is read as stated."""
    from shanhai.catalogue import whole

    found = list(whole.problems())
    if not found:
        from shanhai.claims.examples import problems  # reads reports, which a broken catalogue cannot

        found = list(problems())
    for problem in found:
        click.echo(problem, err=True)
    if found:
        click.echo(f"{len(found)} problems")
        sys.exit(1)
    click.echo(
        f"{len(whole.LOADERS)} parts, {len(load_indicators())} indicators in {len(load_areas())} areas, 0 problems"
    )


@command.command("add")
@click.argument("code")
@click.option("--name-zh", required=True, prompt="中文名 Chinese name")
@click.option("--name-en", required=True, prompt="英文名 English name")
@click.option("--definition-zh", required=True, prompt="定义 Definition in Chinese")
@click.option("--definition-en", required=True, prompt="Definition in English")
@click.option(
    "--units", required=True, prompt="单位(用逗号隔开) Units, with commas between (people, 户, money)"
)
@click.option("--words", required=True, prompt="名称用词(用逗号隔开) Words that name it, with commas between")
@click.option("--example", required=True, prompt="例句 An example sentence")
@click.option("--quote", required=True, prompt="例句中的数 The figure in it")
@click.option(
    "--adds", type=click.Choice([a.value for a in Adds if a is not Adds.RATIO]), default=Adds.SUM.value
)
@click.option("--direction", type=click.Choice([d.value for d in Direction]), default=Direction.UP.value)
def add(code: str, **given: str) -> None:
    """Add the indicator CODE (area.name) to your own folder, named by SHANHAI_CATALOGUE, and check it."""
    import yaml

    folder = own_folder()
    if folder is None:
        raise click.ClickException(f"name your own folder first: export {OVERLAY}=my-catalogue")
    area, _, name = code.partition(".")
    if area not in load_areas() or not name.isidentifier():
        raise click.ClickException(f"{code}: write area.name, the area one of {', '.join(load_areas())}")
    file = folder / "indicators" / area / f"{name}.yaml"
    if file.exists():
        raise click.ClickException(f"{file} exists already; change it there")
    entry: dict[str, object] = {
        key: given[key] for key in ("name_zh", "name_en", "definition_zh", "definition_en")
    }
    entry |= {key: _listed(given[key]) for key in ("units", "words")}
    entry |= {"adds": given["adds"], "direction": given["direction"]}
    entry["examples"] = [{"text": given["example"], "quote": given["quote"]}]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False), "utf-8")
    _accept(code, file)


def _listed(given: str) -> list[str]:
    return [part.strip() for part in given.replace("，", ",").replace("、", ",").split(",") if part.strip()]


def _accept(code: str, file: Path) -> None:
    """Keep the new file only if the catalogue holds with it."""
    from shanhai.claims.examples import problems

    load_indicators.cache_clear()
    try:
        found = [p for p in problems() if code in p]
    except CatalogueError as e:
        found = list(e.problems)
    if found:
        file.unlink()
        raise click.ClickException("not added:\n" + "\n".join(found))
    click.echo(f"added {file}")


def _indicators() -> dict[str, Indicator]:
    try:
        return load_indicators()
    except CatalogueError as e:
        raise click.ClickException(str(e)) from None
