"""Compares a peer's file with Honorar's lines and payables of the same half-year, row by row and to the øre.

    agree.py PEER_OUT.csv HONORAR_OUT_FOLDER [--municipality NAME]

The folder holds one folder for each municipality; with --municipality only that one's is looked at. Exit status 1 on
any difference, and when nothing was compared.
"""

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

KEY = ["municipality", "person_id", "kind", "body", "meeting_id", "claim_id", "payable"]
SHOWN = 20


def oere(text):
    """An amount as whole øre; anything but two decimals is no amount."""
    whole, _, decimals = text.rpartition(".")
    if not whole or len(decimals) != 2:
        raise ValueError(f"not an amount with two decimals: {text!r}")
    return int(whole + decimals)


def rows(path, **further):
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            row |= further
            yield tuple(row[column] for column in KEY), oere(row["amount"])


def of_honorar(municipalities):
    """Every row of every municipality, as often as it is there."""
    found = Counter()
    for municipality in municipalities:
        for name, payable in (("lines", "0"), ("payables", "1")):
            path = municipality / f"{name}.csv"
            if path.exists():
                found.update(rows(path, municipality=municipality.name, payable=payable))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", type=Path)
    parser.add_argument("honorar", type=Path)
    parser.add_argument("--municipality")
    arguments = parser.parse_args()
    if arguments.municipality:
        municipalities = [arguments.honorar / arguments.municipality]
    else:
        municipalities = sorted(path for path in arguments.honorar.iterdir() if path.is_dir())
    peer, honorar = Counter(rows(arguments.peer)), of_honorar(municipalities)
    differences = [(*row, "peer", count) for row, count in (peer - honorar).items()]
    differences += [(*row, "Honorar", count) for row, count in (honorar - peer).items()]
    differences.sort()
    for key, amount, whose, count in differences[:SHOWN]:
        print(f"only {whose:8} {amount / 100:12.2f}  {count} × {', '.join(key)}")
    print(f"{peer.total()} rows of the peer, {honorar.total()} of Honorar, {(peer & honorar).total()} equal, "
          f"{len(differences)} differences")
    sys.exit(1 if differences or not honorar else 0)


if __name__ == "__main__":
    main()
