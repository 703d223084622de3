"""The half-year of a country's bases in plain Python: standard library only, whole øre, no fractions and no floats.

    python_peer.py COUNTRY_FOLDER PERIOD OUT.csv

The rules (R1-R25) and settings are those of Aurland's regulation, chapter 11. What the country never holds is left out:
journeys with subsistence, after-pay, and claims without a meeting.
"""

import argparse
import csv
import re
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path

HEADER = ["municipality", "person_id", "kind", "body", "meeting_id", "claim_id", "amount", "payable"]

# Bodies that the regulation lists, and their class (3.1-3.4).
LISTED = {"KST": "council", "FSK": "executive", "PLU": "planning",
          "OOK": "standing", "DEU": "standing", "KU": "standing", "ADM": "standing"}
SEATS = {"leader", "deputy_leader", "member"}
MAYORS = {"mayor", "acting_mayor"}

# All amounts in øre.
PLANNING_MEMBER, STANDING_MEMBER = 5_152_00, 7_728_00                           # R6, R7: a year
SUBSTITUTE = {"council": 696_00, "executive": 696_00, "planning": 515_00,       # R4-R8: a meeting
              "standing": 619_00, "other": 361_00}
OTHER_LEADER, OTHER_MEMBER, SUMMONED = 464_00, 361_00, 696_00                   # R8, R15: a meeting
UNDOCUMENTED_DAY, UNDOCUMENTED_HOUR = 1_030_00, 170_00                          # R16, R24
DOCUMENTED_DAY, DOCUMENTED_HOUR = 3_091_00, 386_00                              # R17, R24
CAR_KM, CAR_KM_BEYOND, CAR_LIMIT_KM, PASSENGER_KM = 4_10, 3_45, 10_000, 1_00    # the state's rates
YEARS_OF_RATES = {2016, 2017}

DOCUMENTED = {"lost_income_documented", "stand_in"}
PAYABLE = {"employer_refund", "companion"}


def rounded(numerator, denominator):
    """A quotient that is not negative, to a whole number, half away from zero."""
    return (2 * numerator + denominator) // (2 * denominator)


def kroner(text):
    """Kroner with at most two decimals, as øre."""
    whole, _, decimals = text.partition(".")
    return int(whole) * 100 + int(decimals.ljust(2, "0"))


def km_hundredths(text):
    return kroner(text)


def written(oere):
    sign = "-" if oere < 0 else ""
    return f"{sign}{abs(oere) // 100}.{abs(oere) % 100:02}"


def clock(text, start=0):
    """Minutes after midnight; a time before the meeting's start is the next day's."""
    minutes = int(text[:2]) * 60 + int(text[3:])
    return minutes + 24 * 60 if minutes < start else minutes


def natural(claim_id):
    """K9 before K10; equal numbers by the id as text."""
    pieces = re.split(r"(\d+)", claim_id)
    return [int(piece) if piece.isdigit() else piece for piece in pieces], claim_id


def days_between(first, last):
    """The days from the first to the last, by their ordinal numbers."""
    return set(range(first.toordinal(), last.toordinal() + 1))


def halves(year):
    return {"H1": (date(year, 1, 1), date(year, 6, 30)), "H2": (date(year, 7, 1), date(year, 12, 31))}


class Basis:
    """One municipality's tables, read once, with the questions that the rules ask of them."""

    def __init__(self, folder):
        self.name = folder.name
        profile = tomllib.loads((folder / "honorar.toml").read_text(encoding="utf-8"))
        self.parameters = {name: kroner(str(value)) for name, value in profile["parameters"].items()}

        def table(name):
            with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))

        self.persons = {row["person_id"]: row for row in table("persons")}
        self.bodies = {row["body"]: row for row in table("bodies")}
        self.meetings = {row["meeting_id"]: row for row in table("meetings")}
        self.meetings_of_body = defaultdict(list)
        for meeting in self.meetings.values():
            meeting["day"] = date.fromisoformat(meeting["date"])
            meeting["start"] = clock(meeting["start"])
            meeting["end"] = clock(meeting["end"], meeting["start"])
            self.meetings_of_body[meeting["body"]].append(meeting)
        self.attendance = {(row["meeting_id"], row["person_id"]): row for row in table("attendance")}

        # An office is one person's role in one body; its intervals are added.
        self.offices = defaultdict(list)
        for row in table("offices"):
            to = date.fromisoformat(row["to"]) if row["to"] else date.max
            self.offices[row["person_id"], row["body"], row["role"]].append((date.fromisoformat(row["from"]), to))
        self.mayor_spans = defaultdict(list)
        for (person, _, role), spans in self.offices.items():
            if role in MAYORS:
                self.mayor_spans[person] += spans
        self.leaves = defaultdict(list)
        for row in table("leave"):
            row["from"], row["to"] = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
            self.leaves[row["person_id"]].append(row)

        self.claims = table("claims")
        for claim in self.claims:
            claim["day"] = self.meetings[claim["meeting_id"]]["day"]
        self.claims.sort(key=lambda claim: natural(claim["claim_id"]))

    def is_mayor(self, person, day):
        """Mayor or acting mayor, on leave from it or not (R1, R2)."""
        return any(first <= day <= last for first, last in self.mayor_spans[person])

    def has_office(self, person, body, role, day):
        return any(first <= day <= last for first, last in self.offices.get((person, body, role), ()))

    def leaves_from(self, person, body, role):
        return [leave for leave in self.leaves[person]
                if leave["body"] in ("", body) and leave["role"] in ("", role)]

    def paying_class(self, code):
        """A body that sits as another or is paid by somebody else gives no fee; class other only where the council or
        the executive elected it (R8)."""
        body = self.bodies.get(code, {})
        body_class = body.get("class") or LISTED.get(code, "other")
        elected_elsewhere = body.get("elected_by", "") not in ("", "KST", "FSK")
        if body.get("sits_as") or body.get("paid_by") or (body_class == "other" and elected_elsewhere):
            return "no_fee"
        return body_class

    def fixed_fee_of_year(self, body, role):
        """The yearly fee of section 3 (R4-R7), or None."""
        if role not in SEATS:
            return None
        leads = role == "leader"
        match self.paying_class(body):
            case "council":
                return self.parameters["council_member"]
            case "executive":
                return self.parameters["executive_member"]
            case "planning":
                return self.parameters["planning_leader"] if leads else PLANNING_MEMBER
            case "standing":
                return self.parameters["standing_leader"] if leads else STANDING_MEMBER
        return None

    def days_held(self, office, span):
        """Days in office, without those on unpaid leave and those as mayor or acting mayor (R1)."""
        first, last = span
        person = office[0]
        held = set()
        for since, until in self.offices[office]:
            held |= days_between(max(since, first), min(until, last))
        for leave in self.leaves_from(*office):
            if leave["paid"] != "yes":
                held -= days_between(max(leave["from"], first), min(leave["to"], last))
        for since, until in self.mayor_spans[person]:
            held -= days_between(max(since, first), min(until, last))
        return len(held)

    def instalment(self, a_year, office, span):
        """Half a year's fee, by calendar days held (R11)."""
        days = (span[1] - span[0]).days + 1
        return rounded(a_year * self.days_held(office, span), 2 * days)


def fixed_fees(basis, span):
    """R3-R7, R11: the half-year's fee of each office that has one and a day held."""
    for office in basis.offices:
        person, body, role = office
        if role == "deputy_mayor":
            a_year = basis.parameters["deputy_mayor_supplement"]
        else:
            a_year = basis.fixed_fee_of_year(body, role)
        if a_year is not None and basis.days_held(office, span) > 0:
            yield person, "fixed_fee", body, "", "", basis.instalment(a_year, office, span)


def absence_reductions(basis, year, half):
    """R9: the part of the year's absence over 25 %, in the half-year with the last day held."""
    for office in basis.offices:
        person, body, role = office
        a_year = basis.fixed_fee_of_year(body, role)
        if a_year is None:
            continue
        held = {name: basis.days_held(office, span) for name, span in halves(year).items()}
        half_of_last_day = "H2" if held["H2"] else "H1"
        if half_of_last_day != half or not held[half]:
            continue
        missed = duty = 0
        leaves = basis.leaves_from(*office)
        for meeting in basis.meetings_of_body[body]:
            day = meeting["day"]
            if (day.year != year or not basis.has_office(*office, day) or basis.is_mayor(person, day)
                    or any(leave["from"] <= day <= leave["to"] for leave in leaves)):
                continue
            duty += 1
            missed += basis.attendance[meeting["meeting_id"], person]["status"] != "present"
        if 4 * missed > duty:
            paid = sum(basis.instalment(a_year, office, span) for span in halves(year).values())
            yield person, "absence_reduction", body, "", "", -rounded(paid * (4 * missed - duty), 4 * duty)


def meeting_fee(basis, meeting, row):
    """R4-R8, R10, R13-R15: what one who is present gets for the meeting, or None."""
    body, body_class = meeting["body"], basis.paying_class(meeting["body"])
    if body_class == "no_fee" or basis.is_mayor(row["person_id"], meeting["day"]):
        return None
    capacity = row["capacity"] or "member"
    if capacity == "substitute":
        fee = SUBSTITUTE[body_class]
    elif capacity == "summoned":
        fee = SUMMONED
    elif capacity == "member" and body_class == "other":
        leads = basis.has_office(row["person_id"], body, "leader", meeting["day"])
        fee = OTHER_LEADER if leads else OTHER_MEMBER
    else:
        return None
    parts = 1
    if capacity == "substitute" and row["extent"] == "some_cases":
        parts *= 2  # R10
    if meeting["form"] == "phone":
        parts *= 2  # R14
    return rounded(fee, parts)


def meeting_fees(basis, span):
    """R4-R8: from the attendance list, without a claim."""
    for row in basis.attendance.values():
        meeting = basis.meetings[row["meeting_id"]]
        if row["status"] == "present" and span[0] <= meeting["day"] <= span[1]:
            fee = meeting_fee(basis, meeting, row)
            if fee is not None:
                yield row["person_id"], "meeting_fee", meeting["body"], meeting["meeting_id"], "", fee


class Session:
    """One person's presence at one meeting, as the caps of lost income see it (R18, R23, R24)."""

    def __init__(self, basis, meeting_id, person):
        self.meeting = meeting = basis.meetings[meeting_id]
        row = basis.attendance[meeting_id, person]
        capacity = row["capacity"] or "member"
        # The chapter does not apply where somebody else pays, nor to posts and employees' representatives.
        paid_elsewhere = basis.bodies.get(meeting["body"], {}).get("paid_by")
        self.is_covered = not paid_elsewhere and capacity not in ("ex_officio", "employee_representative")
        group = 60 if meeting["group_meeting"] == "yes" else 0  # R12
        self.is_whole_day = meeting["end"] - meeting["start"] + group > 4 * 60  # R23
        arrived = clock(row["arrived"], meeting["start"]) if row["arrived"] else meeting["start"]
        left = clock(row["left"], meeting["start"]) if row["left"] else meeting["end"]
        whole_substitute = capacity == "substitute" and row["extent"] != "some_cases"
        own_group = group if capacity == "member" or whole_substitute else 0
        self.minutes = left - arrived + own_group + int(row["travel_minutes"] or 0)

    def cap(self, an_hour, a_day):
        return a_day if self.is_whole_day else min(rounded(an_hour * self.minutes, 60), a_day)

    def loss_by_income(self, income):
        """R19: a 240th of the year's income a day, an eighth of it an hour, at most the day's."""
        a_day = rounded(income, 240)
        return a_day if self.is_whole_day else min(rounded(income * self.minutes, 240 * 8 * 60), a_day)


def fill(claims, day_cap, asked, meeting_cap):
    """Claims fill their meeting's cap and the day's in natural order; what is asked as None is refused."""
    granted, day_left, meetings_left = {}, day_cap, {}
    for claim in claims:
        asks, meeting = asked(claim), claim["meeting_id"]
        if asks is None:
            granted[claim["claim_id"]] = 0
            continue
        left = meetings_left.get(meeting, meeting_cap(claim))
        grant = min(asks, left, day_left)
        meetings_left[meeting] = left - grant
        day_left -= grant
        granted[claim["claim_id"]] = grant
    return granted


def one_persons_day(basis, person, day, claims):
    """R16-R24: what each claim of lost income, stand-in, care and refund of the day is granted."""
    sessions = {claim["meeting_id"]: Session(basis, claim["meeting_id"], person) for claim in claims}
    employment = basis.persons[person]["employment"]
    is_mayor = basis.is_mayor(person, day)

    def session(claim):
        return sessions[claim["meeting_id"]]

    def of_kinds(kinds):
        return [claim for claim in claims if claim["kind"] in kinds]

    def may_lose_income(claim):
        day_off = claim["day_off"] == "yes" and day.isoweekday() <= 5  # R20
        has_income = employment != "none" and (employment != "pay_kept" or day_off)  # R22
        return has_income and session(claim).is_covered and not is_mayor

    def undocumented_cap(claim):
        return session(claim).cap(UNDOCUMENTED_HOUR, UNDOCUMENTED_DAY)

    def documented_cap(claim):
        return session(claim).cap(DOCUMENTED_HOUR, DOCUMENTED_DAY)

    def asked_undocumented(claim):
        if may_lose_income(claim):
            return kroner(claim["amount"]) if claim["amount"] else undocumented_cap(claim)

    def asked_documented(claim):
        if may_lose_income(claim):
            if claim["amount"]:
                return kroner(claim["amount"])
            return session(claim).loss_by_income(kroner(basis.persons[person]["annual_net_income"]))

    def asked_refund(claim):
        if session(claim).is_covered and not is_mayor:
            return kroner(claim["amount"])

    def asked_care(claim):
        if session(claim).is_covered:
            return kroner(claim["amount"])

    undocumented = fill(of_kinds({"lost_income_undocumented"}), UNDOCUMENTED_DAY, asked_undocumented, undocumented_cap)
    documented = fill(of_kinds(DOCUMENTED), DOCUMENTED_DAY, asked_documented, documented_cap)
    # The two are alternatives: the greater is paid, documented on a tie.
    refused = documented if sum(undocumented.values()) > sum(documented.values()) else undocumented
    refused.update(dict.fromkeys(refused, 0))
    refunds = fill(of_kinds({"employer_refund"}), DOCUMENTED_DAY, asked_refund, documented_cap)
    care = fill(of_kinds({"care"}), DOCUMENTED_DAY, asked_care, lambda claim: DOCUMENTED_DAY)
    return undocumented | documented | refunds | care


def expense(basis, claim, km_before):
    """Travel at the state's rates, a companion at the documented cost; `km_before` grows by what is driven."""
    person = claim["person_id"]
    if not Session(basis, claim["meeting_id"], person).is_covered:
        return 0
    if claim["kind"] == "travel_passenger":
        return rounded(km_hundredths(claim["quantity"]) * PASSENGER_KM, 100)
    if claim["kind"] != "travel_car":
        return kroner(claim["amount"])
    km, limit = km_hundredths(claim["quantity"]), CAR_LIMIT_KM * 100
    within = max(0, min(km, limit - km_before[person]))
    km_before[person] += km
    return rounded(within * CAR_KM + (km - within) * CAR_KM_BEYOND, 100)


def claims(basis, span):
    """One line for each claim of the half-year, refused ones with nothing."""
    granted = {}
    capped_kinds = {"lost_income_undocumented", "care", "employer_refund"} | DOCUMENTED
    of_day = defaultdict(list)
    for claim in basis.claims:
        if claim["kind"] in capped_kinds and span[0] <= claim["day"] <= span[1]:
            of_day[claim["person_id"], claim["day"]].append(claim)
    for (person, day), of_person in of_day.items():
        granted |= one_persons_day(basis, person, day, of_person)
    # Kilometres count over the whole year, in the order of the days.
    km_before = defaultdict(int)
    for claim in sorted(basis.claims, key=lambda claim: claim["day"]):
        if claim["kind"] not in capped_kinds and claim["day"].year == span[0].year:
            granted[claim["claim_id"]] = expense(basis, claim, km_before)
    for claim in basis.claims:
        if span[0] <= claim["day"] <= span[1]:
            meeting = basis.meetings[claim["meeting_id"]]
            yield (claim["person_id"], claim["kind"], meeting["body"], meeting["meeting_id"], claim["claim_id"],
                   granted[claim["claim_id"]])


def half_year(folder, year, half):
    basis = Basis(folder)
    span = halves(year)[half]
    lines = [*fixed_fees(basis, span), *absence_reductions(basis, year, half), *meeting_fees(basis, span),
             *claims(basis, span)]
    for line in sorted(lines):
        yield [basis.name, *line[:-1], written(line[-1]), int(line[1] in PAYABLE)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("country", type=Path)
    parser.add_argument("period", help="such as 2017-H1")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    year, half = arguments.period.split("-")
    if int(year) not in YEARS_OF_RATES or half not in ("H1", "H2"):
        parser.error(f"no rates for {arguments.period}")
    with open(arguments.out, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        for folder in sorted(arguments.country.iterdir()):
            out.writerows(half_year(folder, int(year), half))


if __name__ == "__main__":
    main()
