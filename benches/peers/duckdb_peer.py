"""The half-year of a country's bases in DuckDB: reads each municipality's parameters and runs half_year.sql.

    duckdb_peer.py COUNTRY_FOLDER PERIOD OUT.csv [--threads N]
"""

import argparse
import tomllib
from pathlib import Path

import duckdb

PARAMETERS = ["deputy_mayor_supplement", "council_member", "executive_member", "planning_leader", "standing_leader"]
YEARS_OF_RATES = {2016, 2017}


def parameters(country):
    """A list of municipalities, and one of the yearly amounts for each parameter, as the profiles write them."""
    profiles = sorted(country.glob("*/honorar.toml"))
    of = [tomllib.loads(profile.read_text(encoding="utf-8"))["parameters"] for profile in profiles]
    return [[profile.parent.name for profile in profiles],
            *([str(amounts[name]) for amounts in of] for name in PARAMETERS)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("country", type=Path)
    parser.add_argument("period", help="such as 2017-H1")
    parser.add_argument("out", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    year, half = arguments.period.split("-")
    if int(year) not in YEARS_OF_RATES or half not in ("H1", "H2"):
        parser.error(f"no rates for {arguments.period}")

    database = duckdb.connect(config={"threads": arguments.threads})
    columns = ", ".join(f"(unnest(?::DECIMAL(12,2)[]) * 100)::BIGINT AS {name}" for name in PARAMETERS)
    database.execute(f"CREATE TEMP TABLE parameters AS SELECT unnest(?::VARCHAR[]) AS municipality, {columns}",
                     parameters(arguments.country))
    for name, value in [("country", str(arguments.country)), ("year", int(year)), ("half", half),
                        ("out", str(arguments.out))]:
        database.execute(f"SET VARIABLE {name} = ?", [value])
    database.execute(Path(__file__).with_name("half_year.sql").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
