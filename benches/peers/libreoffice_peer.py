"""One municipality's half-year as a spreadsheet: its tables as sheets, every amount a formula for LibreOffice.

    libreoffice_peer.py build FOLDER PERIOD WORKBOOK.xlsx
    libreoffice_peer.py recalculate WORKBOOK.xlsx OUT.csv

`build` writes the tables, the offices one by one, the claims in the natural order of their ids, and formulas without
a value; it works nothing out. `recalculate` has LibreOffice open the workbook, and takes the lines with an amount. The
rules (R1-R25) and settings are those of Aurland's regulation, chapter 11. Amounts are whole øre until the last column.
"""

import argparse
import csv
import re
import subprocess
import tempfile
import tomllib
from datetime import date, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

HEADER = ["municipality", "person_id", "kind", "body", "meeting_id", "claim_id", "amount", "payable"]
PAYABLE = {"employer_refund", "companion"}
YEARS_OF_RATES = {2016, 2017}

LISTED = [("KST", "council"), ("FSK", "executive"), ("PLU", "planning"),
          ("OOK", "standing"), ("DEU", "standing"), ("KU", "standing"), ("ADM", "standing")]
# R3-R8: a leader's and a member's year, and a substitute's meeting, in kroner or as a parameter's name.
CLASSES = [("council", "council_member", "council_member", 696),
           ("executive", "executive_member", "executive_member", 696),
           ("planning", "planning_leader", 5152, 515),
           ("standing", "standing_leader", 7728, 619),
           ("other", "", "", 361),
           ("no_fee", "", "", "")]
# R16, R17, R21, R24: the sum that a kind of claim draws on, and its caps an hour and a day in øre.
CAPS = [("lost_income_undocumented", "undocumented", 17000, 103000),
        ("lost_income_documented", "documented", 38600, 309100),
        ("stand_in", "documented", 38600, 309100),
        ("employer_refund", "refund", 38600, 309100),
        ("care", "care", "", 309100)]
NUMBERS = {"annual_net_income", "travel_minutes", "quantity", "amount"}
DAYS, TIMES = {"date", "from", "to"}, {"start", "end", "arrived", "left"}


def natural(claim_id):
    """K9 before K10; equal numbers by the id as text."""
    return [int(piece) if piece.isdigit() else piece for piece in re.split(r"(\d+)", claim_id)], claim_id


def cell(column, text):
    """A cell as a secretary would have it: numbers, dates and times, not their text; employee numbers as numbers."""
    if not text:
        return None
    if column in DAYS:
        return date.fromisoformat(text)
    if column in TIMES:
        return time.fromisoformat(text)
    if column in NUMBERS:
        return float(text)
    return int(text) if column == "person_id" else text


class Sheet:
    """A sheet with a heading: columns of values, and columns of formulas that name others as [column] (the cell of
    the same row), [column:] (the whole column) or [column^] (the column down to this row); of another sheet as
    [sheet.column:]."""

    def __init__(self, book, name, columns, rows):
        self.book, self.name, self.columns, self.rows = book, name, list(columns), [list(row) for row in rows]
        self.last = max(2, len(self.rows) + 1)
        self.formulas = {}
        book[name] = self

    def add(self, **formulas):
        """Adds columns of formulas, in order."""
        for column, formula in formulas.items():
            self.columns.append(column)
            self.formulas[column] = formula

    def reference(self, name, row):
        sheet, _, column = name.rpartition(".")
        owner = self.book[sheet] if sheet else self
        letter = get_column_letter(owner.columns.index(column.rstrip(":^")) + 1)
        prefix = f"{sheet}!" if sheet else ""
        if column.endswith(":"):
            return f"{prefix}${letter}$2:${letter}${owner.last}"
        if column.endswith("^"):
            return f"{prefix}${letter}$2:{letter}{row}"
        return f"{prefix}${letter}{row}"

    def formula(self, text, row):
        return "=" + re.sub(r"\[([\w.]+[:^]?)\]", lambda found: self.reference(found[1], row), text)

    def write(self, workbook):
        sheet = workbook.create_sheet(self.name)
        sheet.append(self.columns)
        for number, row in enumerate(self.rows, start=2):
            of_formulas = [self.formula(self.formulas[column], number) for column in self.columns[len(row):]]
            sheet.append([*(self.formula(value[1:], number) if str(value).startswith("=") else value for value in row),
                          *of_formulas])
        return sheet


def table(book, folder, name, order=None):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = sorted(reader, key=order) if order else list(reader)
        columns = reader.fieldnames
    return Sheet(book, name, columns, [[cell(column, row[column]) for column in columns] for row in rows])


def is_mayor(person, day):
    """Mayor or acting mayor, on leave from it or not (R1, R2)."""
    return (f'(COUNTIFS([offices.person_id:],{person},[offices.is_mayors:],1,[offices.from:],"<="&{day},'
            f'[offices.until:],">="&{day})>0)')


def leaves(person, body, role, day, further=""):
    """How many leaves match, from this body and role or from all."""
    return "(" + "+".join(
        f'COUNTIFS([leave.person_id:],{person},[leave.body:],{of_body},[leave.role:],{of_role},'
        f'[leave.from:],"<="&{day},[leave.to:],">="&{day}{further})' for of_body in ('"="', body) for of_role in ('"="', role)) + ")"


def regulation(book, folder):
    """The municipality's parameters, and the regulation's amounts."""
    profile = tomllib.loads((folder / "honorar.toml").read_text(encoding="utf-8"))
    Sheet(book, "parameters", ["parameter", "kroner"],
          [(name, float(value)) for name, value in profile["parameters"].items()])
    Sheet(book, "listed", ["body", "class"], LISTED)
    Sheet(book, "caps", ["kind", "shared", "an_hour", "a_day"], CAPS)

    def a_year(amount):
        if isinstance(amount, int):
            return amount * 100
        return f'={parameter(amount)}' if amount else None

    Sheet(book, "classes", ["class", "leader_year", "member_year", "substitute_meeting"],
          [(name, a_year(leader), a_year(member), a_year(meeting)) for name, leader, member, meeting in CLASSES])


def parameter(name):
    return f'ROUND(INDEX([parameters.kroner:],MATCH("{name}",[parameters.parameter:],0))*100,0)'


def tables(book, folder):
    table(book, folder, "persons")
    # A body that sits as another or is paid by somebody else gives no fee, and one of class other only where the
    # council or the executive elected it (R8).
    table(book, folder, "bodies").add(
        stated_class='IF([class]<>"",[class],IFERROR(INDEX([listed.class:],MATCH([body],[listed.body:],0)),"other"))',
        paying_class='IF(OR([sits_as]<>"",[paid_by]<>"",AND([stated_class]="other",[elected_by]<>"",'
                     '[elected_by]<>"KST",[elected_by]<>"FSK")),"no_fee",[stated_class])')
    table(book, folder, "offices").add(
        until='IF([to]="",DATE(9999,12,31),[to])',
        is_mayors='IF(OR([role]="mayor",[role]="acting_mayor"),1,0)',
        is_seat='IF(OR([role]="leader",[role]="deputy_leader",[role]="member"),1,0)',
        number="ROW()-1")
    table(book, folder, "leave")
    table(book, folder, "meetings").add(
        minutes="ROUND(MOD([end]-[start],1)*1440,0)",
        group_minutes='IF([group_meeting]="yes",60,0)',                             # R12
        is_whole_day="[minutes]+[group_minutes]>240")                               # R23


def attendance(book, folder, year):
    """What each called person's meeting is, its fee (R4-R8, R10, R13-R15) and whether it was a duty (R9)."""
    def of_meeting(column):
        return f"INDEX([meetings.{column}:],[meeting])"

    def offset(clock):
        return f"ROUND(MOD([{clock}]-{of_meeting('start')},1)*1440,0)"

    table(book, folder, "attendance").add(
        key='[meeting_id]&"|"&[person_id]',
        meeting="MATCH([meeting_id],[meetings.meeting_id:],0)",
        body=of_meeting("body"),
        date=of_meeting("date"),
        paying_class="INDEX([bodies.paying_class:],MATCH([body],[bodies.body:],0))",
        is_mayor=is_mayor("[person_id]", "[date]"),
        is_member='OR([capacity]="",[capacity]="member")',
        is_covered='AND(INDEX([bodies.paid_by:],MATCH([body],[bodies.body:],0))="",[capacity]<>"ex_officio",'
                   '[capacity]<>"employee_representative")',
        own_minutes=f'IF([left]="",{of_meeting("minutes")},{offset("left")})-IF([arrived]="",0,{offset("arrived")})'
                    f'+[travel_minutes]+IF(OR([is_member],AND([capacity]="substitute",[extent]<>"some_cases")),'
                    f'{of_meeting("group_minutes")},0)',                            # R12, R18
        office='SUMIFS([offices.number:],[offices.person_id:],[person_id],[offices.body:],[body],[offices.is_seat:],1,'
               '[offices.from:],"<="&[date],[offices.until:],">="&[date])',
        role='IF([office]=0,"",INDEX([offices.role:],[office]))',
        is_duty=f'IF(AND([office]>0,YEAR([date])={year},NOT([is_mayor])),'
                f'IF({leaves("[person_id]", "[body]", "[role]", "[date]")}=0,1,0),0)',
        whole_fee='IF(OR([status]<>"present",[is_mayor],[paying_class]="no_fee"),"",IF([capacity]="summoned",69600,'
                  'IF([capacity]="substitute",INDEX([classes.substitute_meeting:],MATCH([paying_class],'
                  '[classes.class:],0)),IF(AND([is_member],[paying_class]="other"),IF([role]="leader",46400,36100),'
                  '""))))',
        fee=f'IF([whole_fee]="","",ROUND([whole_fee]/IF(AND([capacity]="substitute",[extent]="some_cases"),2,1)'
            f'/IF({of_meeting("form")}="phone",2,1),0))')                           # R10, R14


def posts(book, year):
    """Each office's days, instalments (R3-R7, R11) and reduction for absence (R9). Days on unpaid leave and days as
    mayor or acting mayor are not held."""
    halves = [(date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), date(year, 12, 31))]
    for name, (first, last) in zip(("h1", "h2"), halves):
        days = range(first.toordinal(), last.toordinal() + 1)
        Sheet(book, name, ["day"], [(date.fromordinal(day),) for day in days])

    def held(half):
        days = f"[{half}.day:]"
        in_office = ('COUNTIFS([offices.person_id:],[person_id],[offices.body:],[of_body],[offices.role:],[role],'
                     f'[offices.from:],"<="&{days},[offices.until:],">="&{days})')
        unpaid = leaves("[person_id]", "[of_body]", "[role]", days, ',[leave.paid:],"<>yes"')
        return (f'IF([a_year]="",0,SUMPRODUCT(({in_office}>0)*({unpaid}=0)*(1-{is_mayor("[person_id]", days)})))')

    def instalment(half):
        return f'IF([a_year]="",0,ROUND([a_year]*[held_{half}]/(2*COUNT([{half}.day:])),0))'

    offices = book["offices"]
    columns = [offices.columns.index(column) for column in ("person_id", "body", "role")]
    of_persons = dict.fromkeys(tuple(row[column] for column in columns) for row in offices.rows)
    duties = ("[attendance.person_id:],[person_id],[attendance.body:],[body],[attendance.role:],[role],"
              "[attendance.is_duty:],1")
    Sheet(book, "posts", ["person_id", "body", "role"], of_persons).add(
        of_body='IF([body]="","=",[body])',
        paying_class='IFERROR(INDEX([bodies.paying_class:],MATCH([body],[bodies.body:],0)),"no_fee")',
        of_class="MATCH([paying_class],[classes.class:],0)",
        fee='IF([role]="leader",INDEX([classes.leader_year:],[of_class]),IF(OR([role]="deputy_leader",[role]="member"),'
            f'INDEX([classes.member_year:],[of_class]),IF([role]="deputy_mayor",{parameter("deputy_mayor_supplement")},'
            '0)))',
        a_year='IF(N([fee])=0,"",[fee])',
        held_h1=held("h1"), held_h2=held("h2"),
        instalment_h1=instalment("h1"), instalment_h2=instalment("h2"),
        last_half='IF([held_h2]>0,"H2",IF([held_h1]>0,"H1",""))',
        duty=f"COUNTIFS({duties})",
        missed=f'COUNTIFS({duties},[attendance.status:],"<>present")',
        reduction='IF(AND([a_year]<>"",[role]<>"deputy_mayor",4*[missed]>[duty]),-ROUND(([instalment_h1]+'
                  '[instalment_h2])*(4*[missed]-[duty])/(4*[duty]),0),"")')


def claims(book, folder, year):
    """R16-R24 and travel. Whoever asks after a sum of earlier claims gets what they left: the capped sum with this
    claim less the capped sum without it."""
    def of_attendance(column):
        return f"INDEX([attendance.{column}:],[session])"

    def of_cap(column):
        return f'IF([cap]="","",INDEX([caps.{column}:],[cap]))'

    def of_person(column):
        return f"INDEX([persons.{column}:],MATCH([person_id],[persons.person_id:],0))"

    sheet = table(book, folder, "claims", order=lambda claim: natural(claim["claim_id"]))
    sheet.columns[sheet.columns.index("date")] = "own_date"
    day = "[person_id:],[person_id],[date:],[date],[shared:]"
    sheet.add(
        session='MATCH([meeting_id]&"|"&[person_id],[attendance.key:],0)',
        body=of_attendance("body"),
        date=of_attendance("date"),
        is_covered=of_attendance("is_covered"),
        is_mayor=of_attendance("is_mayor"),
        is_whole_day="INDEX([meetings.is_whole_day:],MATCH([meeting_id],[meetings.meeting_id:],0))",
        own_minutes=of_attendance("own_minutes"),
        income=f"ROUND({of_person('annual_net_income')}*100,0)",
        has_income=f'AND({of_person("employment")}<>"none",OR({of_person("employment")}<>"pay_kept",'
                   'AND([day_off]="yes",WEEKDAY([date],2)<=5)))',                   # R20, R22
        cap='IFERROR(MATCH([kind],[caps.kind:],0),"")',
        shared=of_cap("shared"),
        a_day=of_cap("a_day"),
        meeting_cap=f'IF([cap]="","",IF(OR([is_whole_day],[shared]="care"),[a_day],MIN([a_day],'
                    f'ROUND({of_cap("an_hour")}*[own_minutes]/60,0))))',            # R23, R24
        loss_by_income="IF([is_whole_day],ROUND([income]/240,0),MIN(ROUND([income]/240,0),"
                       "ROUND([income]*[own_minutes]/(240*8*60),0)))",              # R19
        is_granted='AND([cap]<>"",[is_covered],OR([shared]="care",AND(NOT([is_mayor]),OR([shared]="refund",'
                   '[has_income]))))',
        asked='IF(NOT([is_granted]),0,IF([amount]<>"",ROUND([amount]*100,0),IF([shared]="undocumented",'
              '[meeting_cap],[loss_by_income])))',
        asked_so_far="SUMIFS([asked^],[person_id^],[person_id],[meeting_id^],[meeting_id],[shared^],[shared])",
        of_meeting='IF([cap]="",0,MIN([asked_so_far],[meeting_cap])-MIN([asked_so_far]-[asked],[meeting_cap]))',
        sum_so_far="SUMIFS([of_meeting^],[person_id^],[person_id],[date^],[date],[shared^],[shared])",
        of_day='IF([cap]="",0,MIN([sum_so_far],[a_day])-MIN([sum_so_far]-[of_meeting],[a_day]))',
        # The greater of the day's two sums is paid, documented on a tie.
        undocumented_pays=f'SUMIFS([of_day:],{day},"undocumented")>SUMIFS([of_day:],{day},"documented")',
        granted='IF(OR(AND([shared]="undocumented",NOT([undocumented_pays])),AND([shared]="documented",'
                '[undocumented_pays])),0,[of_day])',
        # Hundredths of kilometres, over the whole year in the order of the days and ids.
        counted=f'IF(AND([kind]="travel_car",[is_covered],YEAR([date])={year}),ROUND([quantity]*100,0),0)',
        so_far='SUMIFS([counted:],[person_id:],[person_id],[date:],"<"&[date])'
               '+SUMIFS([counted^],[person_id^],[person_id],[date^],[date])',
        beyond="MAX(0,[so_far]-MAX(1000000,[so_far]-[counted]))",
        oere='IF([cap]<>"",[granted],IF(NOT([is_covered]),0,IF([kind]="travel_car",'
             'ROUND((([counted]-[beyond])*410+[beyond]*345)/100,0),IF([kind]="travel_passenger",'
             'ROUND([quantity]*100,0),ROUND([amount]*100,0)))))')


def lines(book, municipality, half, span):
    """A row for everything that may give a line in the half-year, with an amount where it does."""
    def of(sheet, *names):
        columns = [book[sheet].columns.index(name) for name in names]
        for number, row in enumerate(book[sheet].rows, start=2):
            yield number, [row[column] for column in columns]

    def kroner(condition, oere):
        return f'=IF({condition},{oere}/100,"")'

    def in_half(day):
        first, last = (f"DATE({day.year},{day.month},{day.day})" for day in span)
        return f"AND({day}>={first},{day}<={last})"

    found = []
    for number, (person, body) in of("posts", "person_id", "body"):
        held, instalment, last_half, reduction = (
            book["posts"].reference(f"posts.{column}", number)
            for column in (f"held_{half.lower()}", f"instalment_{half.lower()}", "last_half", "reduction"))
        found.append((person, "fixed_fee", body, None, None, kroner(f"{held}>0", instalment)))
        due = f'AND({last_half}="{half}",{reduction}<>"")'
        found.append((person, "absence_reduction", body, None, None, kroner(due, reduction)))
    for number, (person, meeting) in of("attendance", "person_id", "meeting_id"):
        day, fee, body = (book["attendance"].reference(f"attendance.{column}", number)
                          for column in ("date", "fee", "body"))
        found.append((person, "meeting_fee", f"={body}", meeting, None,
                      kroner(f'AND({in_half(day)},{fee}<>"")', fee)))
    for number, (person, kind, meeting, claim) in of("claims", "person_id", "kind", "meeting_id", "claim_id"):
        day, oere, body = (book["claims"].reference(f"claims.{column}", number)
                           for column in ("date", "oere", "body"))
        found.append((person, kind, f"={body}", meeting, claim, kroner(in_half(day), oere)))
    Sheet(book, "lines", HEADER, [(municipality, *line, int(line[1] in PAYABLE)) for line in found])


def build(folder, period, workbook_path):
    year, half = period.split("-")
    year = int(year)
    if year not in YEARS_OF_RATES or half not in ("H1", "H2"):
        raise SystemExit(f"no rates for {period}")
    span = {"H1": (date(year, 1, 1), date(year, 6, 30)), "H2": (date(year, 7, 1), date(year, 12, 31))}[half]
    book = {}
    regulation(book, folder)
    tables(book, folder)
    attendance(book, folder, year)
    posts(book, year)
    claims(book, folder, year)
    lines(book, folder.name, half, span)

    workbook = Workbook()
    workbook.remove(workbook.active)
    with open(folder / "persons.csv", encoding="utf-8", newline="") as file:
        widths = {len(row["person_id"]) for row in csv.DictReader(file)}
    if len(widths) != 1:
        raise SystemExit("employee numbers of different lengths")
    width = widths.pop()
    written = book.pop("lines").write(workbook)  # the first sheet, which is the one that becomes a CSV file
    for row in written.iter_rows(min_row=2):
        row[1].number_format = "0" * width
        row[6].number_format = "0.00"
    for sheet in book.values():
        sheet.write(workbook)
    workbook.save(workbook_path)


def recalculate(workbook, out, profile=None):
    # Comma, quotation mark, UTF-8, from the first line, English, cells as shown.
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true"
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", "--convert-to", to_csv, "--outdir", folder, str(workbook)]
        if profile:
            command.insert(1, f"-env:UserInstallation={profile.absolute().as_uri()}")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with open(Path(folder) / f"{workbook.stem}.csv", encoding="utf-8", newline="") as file:
            rows = [[row[column] for column in HEADER] for row in csv.DictReader(file) if row["amount"] != ""]
    amount = HEADER.index("amount")
    wrong = [row for row in rows if not re.fullmatch(r"-?\d+\.\d\d", row[amount])]
    if wrong or not rows:
        raise SystemExit(f"no amounts: {wrong[:3]}")
    with open(out, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *sorted(rows)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="write the workbook, without a value worked out")
    building.add_argument("folder", type=Path)
    building.add_argument("period", help="such as 2017-H1")
    building.add_argument("workbook", type=Path)
    recalculating = commands.add_parser("recalculate", help="have LibreOffice work it out, and take the lines")
    recalculating.add_argument("workbook", type=Path)
    recalculating.add_argument("out", type=Path)
    recalculating.add_argument("--profile", type=Path, help="a folder for LibreOffice's own profile")
    arguments = parser.parse_args()
    if arguments.command == "build":
        build(arguments.folder, arguments.period, arguments.workbook)
    else:
        recalculate(arguments.workbook, arguments.out, arguments.profile)


if __name__ == "__main__":
    main()
