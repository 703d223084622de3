"""The half-year of a country's bases in polars: lazy queries over all municipalities, in whole øre (Int64).

    polars_peer.py COUNTRY_FOLDER PERIOD OUT.csv

The environment's POLARS_MAX_THREADS says how many threads; 2 when it is not set. The rules (R1-R25) and settings are
those of Aurland's regulation, chapter 11.
"""

import argparse
import os
import tomllib
from datetime import date
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import polars as pl  # noqa: E402 - reads the number of threads when it is imported
from polars import col, lit, selectors, when  # noqa: E402

KEY = ["municipality", "person_id", "kind", "body", "meeting_id", "claim_id"]
OFFICE = ["municipality", "person_id", "body", "role"]
PARAMETERS = ["deputy_mayor_supplement", "council_member", "executive_member", "planning_leader", "standing_leader"]

# Bodies that the regulation lists, and their class (3.1-3.4).
LISTED = {"KST": "council", "FSK": "executive", "PLU": "planning",
          "OOK": "standing", "DEU": "standing", "KU": "standing", "ADM": "standing"}

# All amounts in øre.
PLANNING_MEMBER, STANDING_MEMBER = 5_152_00, 7_728_00                           # R6, R7: a year
SUBSTITUTE = {"council": 696_00, "executive": 696_00, "planning": 515_00,       # R4-R8: a meeting
              "standing": 619_00, "other": 361_00}
OTHER_LEADER, OTHER_MEMBER, SUMMONED = 464_00, 361_00, 696_00                   # R8, R15: a meeting
CAR_KM, CAR_KM_BEYOND, CAR_LIMIT_KM, PASSENGER_KM = 4_10, 3_45, 10_000, 1_00    # the state's rates
YEARS_OF_RATES = {2016, 2017}

# R16, R17, R21, R24: the sum that a kind of claim draws on, and its caps an hour and a day; care has none an hour.
CAPS = pl.LazyFrame(
    [("lost_income_undocumented", "undocumented", 170_00, 1_030_00),
     ("lost_income_documented", "documented", 386_00, 3_091_00),
     ("stand_in", "documented", 386_00, 3_091_00),
     ("employer_refund", "refund", 386_00, 3_091_00),
     ("care", "care", None, 3_091_00)],
    schema=["kind", "shared", "an_hour", "a_day"], orient="row")
EXPENSES = ["travel_car", "travel_passenger", "travel_other", "companion"]


def rounded(numerator, denominator):
    """A quotient that is not negative, to a whole number, half away from zero."""
    return (2 * numerator + denominator) // (2 * denominator)


def hundredths(text):
    """Kroner as øre, or kilometres as hundredths of one."""
    return (text.str.to_decimal(scale=2) * 100).cast(pl.Int64)


def clock(text):
    return text.str.head(2).cast(pl.Int64) * 60 + text.str.tail(2).cast(pl.Int64)


def clock_from(start, text):
    """A clock time before the meeting's start is the next day's."""
    minutes = clock(text)
    return minutes + when(minutes < start).then(24 * 60).otherwise(0)


def table(country, name):
    """All municipalities' rows of a table, as text; an empty cell is null."""
    columns = pl.scan_csv(country / "*" / f"{name}.csv", infer_schema=False, include_file_paths="file")
    return columns.with_columns(municipality=col("file").str.extract(r"([^/]+)/[^/]+$")).drop("file")


def read_parameters(country):
    """The yearly amounts of each municipality's profile, in øre."""
    rows = []
    for profile in sorted(country.glob("*/honorar.toml")):
        amounts = tomllib.loads(profile.read_text(encoding="utf-8"))["parameters"]
        rows.append({"municipality": profile.parent.name} | {name: str(amounts[name]) for name in PARAMETERS})
    return pl.LazyFrame(rows).with_columns(hundredths(col(name)) for name in PARAMETERS)


def read_bodies(country):
    """The class that fees follow: none where the body sits as another or somebody else pays, and class other only
    where the council or the executive elected it (R8)."""
    stated = pl.coalesce("class", col("body").replace_strict(LISTED, default="other"))
    elected_elsewhere = ~col("elected_by").fill_null("KST").is_in(["KST", "FSK"])
    no_fee = (col("sits_as").is_not_null() | col("paid_by").is_not_null()
              | ((stated == "other") & elected_elsewhere))
    return table(country, "bodies").select(
        "municipality", "body", paid_elsewhere=col("paid_by").is_not_null(),
        **{"class": when(no_fee).then(lit("no_fee")).otherwise(stated)})


def read_offices(country):
    return table(country, "offices").select(
        "municipality", "person_id", col("body").fill_null(""), "role",
        since=col("from").str.to_date(), until=col("to").str.to_date().fill_null(date(9999, 12, 31)))


def day_by_day(intervals, year):
    """The days of the intervals in the year, one a row."""
    within = intervals.with_columns(
        since=pl.max_horizontal("since", lit(date(year, 1, 1))),
        until=pl.min_horizontal("until", lit(date(year, 12, 31)))).filter(col("since") <= col("until"))
    return within.with_columns(date=pl.date_ranges("since", "until")).drop("since", "until").explode("date")


def read_sessions(country, bodies, mayor_days):
    """What each called person's meeting is: its fee's class, and what the caps of lost income see of it."""
    meetings = table(country, "meetings").select(
        "municipality", "meeting_id", "body", col("date").str.to_date(), start=clock(col("start")),
        end=clock_from(clock(col("start")), col("end")), by_phone=(col("form") == "phone").fill_null(False),
        group_minutes=when(col("group_meeting") == "yes").then(60).otherwise(0))  # R12
    attendance = table(country, "attendance").select(
        "municipality", "meeting_id", "person_id", "arrived", "left", is_present=col("status") == "present",
        capacity=col("capacity").fill_null("member"), some_cases=(col("extent") == "some_cases").fill_null(False),
        travel_minutes=col("travel_minutes").cast(pl.Int64).fill_null(0))
    group_counts = (col("capacity") == "member") | ((col("capacity") == "substitute") & ~col("some_cases"))
    arrived = clock_from(col("start"), col("arrived")).fill_null(col("start"))
    left = clock_from(col("start"), col("left")).fill_null(col("end"))
    return (
        attendance.join(meetings, on=["municipality", "meeting_id"])
        .join(bodies, on=["municipality", "body"])
        .join(mayor_days.with_columns(is_mayor=True), on=["municipality", "person_id", "date"], how="left")
        .select(
            "municipality", "meeting_id", "person_id", "body", "date", "class", "is_present", "capacity",
            "some_cases", "by_phone", col("is_mayor").fill_null(False),
            is_covered=~col("paid_elsewhere") & ~col("capacity").is_in(["ex_officio", "employee_representative"]),
            is_whole_day=col("end") - col("start") + col("group_minutes") > 4 * 60,  # R23
            own_minutes=left - arrived + col("travel_minutes")  # R18
            + when(group_counts).then("group_minutes").otherwise(0)))


def fee_offices(offices, bodies, parameters):
    """The intervals of the offices that have a yearly fee (R3-R7)."""
    leads = col("role") == "leader"
    a_year = (
        when(col("role") == "deputy_mayor").then("deputy_mayor_supplement")
        .when(col("class") == "council").then("council_member")
        .when(col("class") == "executive").then("executive_member")
        .when((col("class") == "planning") & leads).then("planning_leader")
        .when(col("class") == "planning").then(PLANNING_MEMBER)
        .when((col("class") == "standing") & leads).then("standing_leader")
        .when(col("class") == "standing").then(STANDING_MEMBER))
    return (
        offices.filter(col("role").is_in(["deputy_mayor", "leader", "deputy_leader", "member"]))
        .join(bodies, on=["municipality", "body"], how="left")
        .join(parameters, on="municipality")
        .select(*OFFICE, "since", "until", a_year=a_year)
        .filter(col("a_year").is_not_null()))


def instalments(of_offices, days_not_held, halves):
    """Each office's days and instalment in each half of the year (R11). Days on unpaid leave and days as mayor or
    acting mayor are not held."""
    parts = []
    for half, (first, last) in halves.items():
        days_of_half = (last - first).days + 1
        days = (pl.min_horizontal("until", lit(last)) - pl.max_horizontal("since", lit(first))).dt.total_days() + 1
        not_held = days_not_held.filter(col("date").is_between(first, last)).group_by(OFFICE).len("not_held")
        parts.append(
            of_offices.group_by(*OFFICE, "a_year").agg(days=days.clip(0).sum())
            .join(not_held, on=OFFICE, how="left")
            .with_columns(half=lit(half), held=col("days") - col("not_held").cast(pl.Int64).fill_null(0))
            .with_columns(oere=rounded(col("a_year") * col("held"), 2 * days_of_half)))
    return pl.concat(parts)


def absence_reductions(sessions, of_offices, of_halves, leave_days, year, half):
    """R9: the part over 25 % of the year's absence, where the last day held lies in this half."""
    last_half = col("half").filter(col("held") > 0).max()
    paid = of_halves.filter(col("role") != "deputy_mayor").group_by(OFFICE).agg(
        paid=col("oere").sum(), last_half=last_half).filter(col("last_half") == half)
    absence = (
        sessions.filter((col("date").dt.year() == year) & ~col("is_mayor"))
        .join(of_offices, on=["municipality", "person_id", "body"])
        .filter(col("date").is_between("since", "until"))
        .join(leave_days, on=[*OFFICE, "date"], how="anti")
        .group_by(OFFICE).agg(duty=pl.len().cast(pl.Int64), missed=(~col("is_present")).sum().cast(pl.Int64)))
    over = 4 * col("missed") - col("duty")
    return paid.join(absence, on=OFFICE).filter(over > 0).with_columns(
        kind=lit("absence_reduction"), oere=-rounded(col("paid") * over, 4 * col("duty")))


def meeting_fees(sessions, offices):
    """R4-R8, R10, R13-R15: from the attendance list, without a claim."""
    present = sessions.filter(col("is_present") & ~col("is_mayor") & (col("class") != "no_fee"))
    leading = (
        present.join(offices.filter(col("role") == "leader"), on=["municipality", "person_id", "body"])
        .filter(col("date").is_between("since", "until"))
        .select("municipality", "meeting_id", "person_id", leads=True))
    whole_fee = (
        when(col("capacity") == "summoned").then(SUMMONED)
        .when(col("capacity") == "substitute").then(col("class").replace_strict(SUBSTITUTE))
        .when((col("capacity") == "member") & (col("class") == "other"))
        .then(when(col("leads")).then(OTHER_LEADER).otherwise(OTHER_MEMBER)))
    cases = when((col("capacity") == "substitute") & col("some_cases")).then(2).otherwise(1)  # R10
    phone = when(col("by_phone")).then(2).otherwise(1)  # R14
    return (
        present.join(leading, on=["municipality", "meeting_id", "person_id"], how="left")
        .with_columns(whole_fee=whole_fee)
        .filter(col("whole_fee").is_not_null())
        .with_columns(kind=lit("meeting_fee"), oere=rounded(col("whole_fee"), cases * phone)))


def read_claims(country, sessions):
    """The year's claims with their session; `place` is the natural order of the ids: K9 before K10."""
    persons = table(country, "persons").select(
        "municipality", "person_id", "employment", income=hundredths(col("annual_net_income")))
    number = col("claim_id").str.extract(r"(\d+)").cast(pl.Int64)
    day_off = (col("day_off") == "yes").fill_null(False) & (col("date").dt.weekday() <= 5)  # R20
    return (
        table(country, "claims")
        .select("municipality", "claim_id", "person_id", "kind", "meeting_id", "day_off",
                km=hundredths(col("quantity")), amount=hundredths(col("amount")))
        .sort("municipality", col("claim_id").str.extract(r"^(\D*)"), number, "claim_id")
        .with_row_index("place")
        .join(sessions, on=["municipality", "meeting_id", "person_id"])
        .join(persons, on=["municipality", "person_id"])
        .with_columns(has_income_to_lose=when(col("employment") == "none").then(False)  # R22
                      .when(col("employment") == "pay_kept").then(day_off).otherwise(True)))


def fill(asked, cap, within):
    """What claims that share a cap are granted: the capped sum with the claim less the capped sum without it."""
    so_far = asked.cum_sum().over(within, order_by="place")
    return pl.min_horizontal(so_far, cap) - pl.min_horizontal(so_far - asked, cap)


def capped_claims(claims):
    """R16-R24: claims that share a meeting's cap and a day's, and the two alternatives of a day."""
    an_hours_cap = pl.min_horizontal(rounded(col("an_hour") * col("own_minutes"), 60), "a_day")
    a_days_loss = rounded(col("income"), 240)  # R19
    short_loss = pl.min_horizontal(rounded(col("income") * col("own_minutes"), 240 * 8 * 60), a_days_loss)
    is_granted = col("is_covered") & (
        when(col("shared") == "care").then(True)
        .when(col("shared") == "refund").then(~col("is_mayor"))
        .otherwise(col("has_income_to_lose") & ~col("is_mayor")))
    asked = (
        when(~is_granted).then(0)
        .when(col("amount").is_not_null()).then("amount")
        .when(col("shared") == "undocumented").then("meeting_cap")
        .otherwise(when("is_whole_day").then(a_days_loss).otherwise(short_loss)))
    whole_day = col("is_whole_day") | col("an_hour").is_null()
    day = ["municipality", "person_id", "date"]

    def of_day(shared):
        return when(col("shared") == shared).then("oere").otherwise(0).sum().over(day)

    refused = (  # the greater of the day's two sums is paid, documented on a tie
        when(of_day("undocumented") > of_day("documented")).then(col("shared") == "documented")
        .otherwise(col("shared") == "undocumented"))
    return (
        claims.join(CAPS, on="kind")
        .with_columns(meeting_cap=when(whole_day).then("a_day").otherwise(an_hours_cap))
        .with_columns(asked=asked)
        .with_columns(asked=fill(col("asked"), col("meeting_cap"),
                                 ["municipality", "person_id", "meeting_id", "shared"]))
        .with_columns(oere=fill(col("asked"), col("a_day"), [*day, "shared"]))
        .with_columns(oere=when(refused).then(0).otherwise("oere")))


def expenses(claims):
    """Travel at the state's rates, a companion at the documented cost. Kilometres count over the whole year, in the
    order of their days and ids."""
    counted = when(col("is_covered") & (col("kind") == "travel_car")).then("km").otherwise(0)
    so_far = col("counted").cum_sum().over("municipality", "person_id", order_by=["date", "place"])
    beyond = (col("so_far") - pl.max_horizontal(col("so_far") - col("counted"), CAR_LIMIT_KM * 100)).clip(0)
    by_car = rounded((col("counted") - col("beyond")) * CAR_KM + col("beyond") * CAR_KM_BEYOND, 100)
    return (
        claims.filter(col("kind").is_in(EXPENSES))
        .with_columns(counted=counted).with_columns(so_far=so_far).with_columns(beyond=beyond)
        .with_columns(oere=when(~col("is_covered")).then(0)
                      .when(col("kind") == "travel_car").then(by_car)
                      .when(col("kind") == "travel_passenger").then(rounded(col("km") * PASSENGER_KM, 100))
                      .otherwise("amount")))


def once(frame):
    """Works out a frame that several steps need, so that none does it again."""
    return frame.collect().lazy()


def half_year(country, year, half):
    halves = {"H1": (date(year, 1, 1), date(year, 6, 30)), "H2": (date(year, 7, 1), date(year, 12, 31))}
    of_half = col("date").is_between(*halves[half])
    bodies, offices = once(read_bodies(country)), once(read_offices(country))
    mayors = offices.filter(col("role").is_in(["mayor", "acting_mayor"]))  # on leave from it or not (R1, R2)
    mayor_days = once(day_by_day(mayors, year).select("municipality", "person_id", "date").unique())
    sessions = once(read_sessions(country, bodies, mayor_days))

    of_offices = once(fee_offices(offices, bodies, read_parameters(country)))
    in_office = col("date").is_between("since", "until")
    leaves = table(country, "leave").select(
        "municipality", "person_id", of_body="body", of_role="role", is_paid=(col("paid") == "yes").fill_null(False),
        since=col("from").str.to_date(), until=col("to").str.to_date())
    leave_days = once(
        of_offices.select(OFFICE).unique()
        .join(day_by_day(leaves, year), on=["municipality", "person_id"])
        .filter(col("of_body").fill_null(col("body")) == col("body"),
                col("of_role").fill_null(col("role")) == col("role")))
    not_held = pl.concat([leave_days.filter(~col("is_paid")).select(*OFFICE, "date"),
                          of_offices.select(OFFICE).unique().join(mayor_days, on=["municipality", "person_id"])])
    not_held = once(not_held.unique().join(of_offices, on=OFFICE).filter(in_office))
    of_halves = once(instalments(of_offices, not_held, halves))
    fixed_fees = of_halves.filter((col("half") == half) & (col("held") > 0)).with_columns(kind=lit("fixed_fee"))

    claims = once(read_claims(country, sessions).filter(col("date").dt.year() == year))
    lines = [
        fixed_fees,
        absence_reductions(sessions, of_offices, of_halves, leave_days, year, half),
        meeting_fees(sessions.filter(of_half), offices),
        capped_claims(claims.filter(of_half)),
        expenses(claims).filter(of_half),
    ]
    size = col("oere").abs()
    amount = (when(col("oere") < 0).then(lit("-")).otherwise(lit(""))
              + (size // 100).cast(pl.String) + "." + (size % 100).cast(pl.String).str.zfill(2))
    return (
        pl.concat([line.select(selectors.by_name(*KEY, "oere", require_all=False)) for line in lines], how="diagonal")
        .with_columns(body=when(col("body") != "").then("body"))
        .sort([*KEY, "oere"])
        .select(*KEY, amount=amount, payable=col("kind").is_in(["employer_refund", "companion"]).cast(pl.Int8)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("country", type=Path)
    parser.add_argument("period", help="such as 2017-H1")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    year, half = arguments.period.split("-")
    if int(year) not in YEARS_OF_RATES or half not in ("H1", "H2"):
        parser.error(f"no rates for {arguments.period}")
    half_year(arguments.country, int(year), half).sink_csv(arguments.out)


if __name__ == "__main__":
    main()
