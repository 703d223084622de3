-- The half-year of all bases of a country by Aurland's regulation, chapter 11, set by set. Amounts are whole øre.
--
-- Needs the table `parameters` (a row for each municipality, øre a year) and the variables
-- `country` (its folder), `half` ('H1' or 'H2'), `year` and `out` (the file to write).

CREATE MACRO rounded(numerator, denominator) AS  -- half away from zero, without a fraction on the way
    sign(numerator) * ((2 * abs(numerator) + denominator) // (2 * denominator));
CREATE MACRO oere(kroner) AS (kroner * 100)::BIGINT;
CREATE MACRO minutes(clock) AS 60 * hour(clock) + minute(clock);
CREATE MACRO minutes_from(start, clock) AS  -- a clock time before the meeting's start is the next day's
    minutes(clock) + CASE WHEN minutes(clock) < start THEN 24 * 60 ELSE 0 END;
CREATE MACRO municipality(filename) AS split_part(filename, '/', -2);
CREATE MACRO files(name) AS getvariable('country') || '/*/' || name || '.csv';

CREATE TEMP TABLE halves AS
SELECT half, first, last, last - first + 1 AS days
FROM (VALUES ('H1', make_date(getvariable('year'), 1, 1), make_date(getvariable('year'), 6, 30)),
             ('H2', make_date(getvariable('year'), 7, 1), make_date(getvariable('year'), 12, 31)))
     AS halves(half, first, last);

-- ------------------------------------------------------------------------------------------------------- the tables

CREATE TEMP TABLE persons AS
SELECT municipality(filename) AS municipality, person_id, employment, oere(annual_net_income) AS income
FROM read_csv(files('persons'), filename = true, header = true, auto_detect = false, columns = {
    person_id: 'VARCHAR', name: 'VARCHAR', "group": 'VARCHAR', employment: 'VARCHAR',
    annual_net_income: 'DECIMAL(12,2)', employer: 'VARCHAR'});

-- A body that sits as another or is paid by somebody else gives no fee, and one of class other only where the council
-- or the executive elected it (R8).
CREATE TEMP TABLE bodies AS
WITH listed(body, listed_class) AS (
    VALUES ('KST', 'council'), ('FSK', 'executive'), ('PLU', 'planning'),
           ('OOK', 'standing'), ('DEU', 'standing'), ('KU', 'standing'), ('ADM', 'standing')
), classed AS (
    SELECT *, municipality(filename) AS municipality, coalesce(class, listed_class, 'other') AS stated_class
    FROM read_csv(files('bodies'), filename = true, header = true, auto_detect = false, columns = {
        body: 'VARCHAR', name: 'VARCHAR', class: 'VARCHAR', seats: 'VARCHAR', elected_by: 'VARCHAR',
        sits_as: 'VARCHAR', paid_by: 'VARCHAR'})
    LEFT JOIN listed USING (body)
)
SELECT municipality, body, paid_by IS NOT NULL AS paid_elsewhere,
       CASE WHEN sits_as IS NOT NULL OR paid_by IS NOT NULL
              OR (stated_class = 'other' AND coalesce(elected_by, 'KST') NOT IN ('KST', 'FSK'))
            THEN 'no_fee' ELSE stated_class END AS class
FROM classed;

CREATE TEMP TABLE offices AS
SELECT municipality(filename) AS municipality, person_id, coalesce(body, '') AS body, role,
       "from" AS since, coalesce("to", DATE '9999-12-31') AS until
FROM read_csv(files('offices'), filename = true, header = true, auto_detect = false, columns = {
    person_id: 'VARCHAR', body: 'VARCHAR', role: 'VARCHAR', "from": 'DATE', "to": 'DATE'});

CREATE TEMP TABLE leave AS
SELECT municipality(filename) AS municipality, person_id, body, role, "from" AS since, "to" AS until,
       coalesce(paid, 'no') = 'yes' AS is_paid
FROM read_csv(files('leave'), filename = true, header = true, auto_detect = false, columns = {
    person_id: 'VARCHAR', body: 'VARCHAR', role: 'VARCHAR', "from": 'DATE', "to": 'DATE', paid: 'VARCHAR'});

CREATE TEMP TABLE meetings AS
SELECT municipality(filename) AS municipality, meeting_id, body, date, minutes(start) AS start,
       minutes_from(minutes(start), "end") AS "end", coalesce(form = 'phone', false) AS by_phone,
       CASE WHEN group_meeting = 'yes' THEN 60 ELSE 0 END AS group_minutes  -- R12
FROM read_csv(files('meetings'), filename = true, header = true, auto_detect = false, columns = {
    meeting_id: 'VARCHAR', body: 'VARCHAR', date: 'DATE', start: 'TIME', "end": 'TIME', form: 'VARCHAR',
    group_meeting: 'VARCHAR'});

CREATE TEMP TABLE mayors AS  -- mayor and acting mayor, on leave from it or not (R1, R2)
SELECT municipality, person_id, since, until FROM offices WHERE role IN ('mayor', 'acting_mayor');

-- What each called person's meeting is: its fee's class, and what the caps of lost income see of it.
CREATE TEMP TABLE sessions AS
WITH attendance AS (
    SELECT municipality(filename) AS municipality, *
    FROM read_csv(files('attendance'), filename = true, header = true, auto_detect = false, columns = {
        meeting_id: 'VARCHAR', person_id: 'VARCHAR', status: 'VARCHAR', capacity: 'VARCHAR', extent: 'VARCHAR',
        arrived: 'TIME', "left": 'TIME', travel_minutes: 'INTEGER', substitute_for: 'VARCHAR'})
), called AS (
    SELECT municipality, meeting_id, person_id, body, date, class, by_phone, status = 'present' AS is_present,
           coalesce(capacity, 'member') AS capacity, coalesce(extent = 'some_cases', false) AS some_cases,
           NOT paid_elsewhere AND coalesce(capacity, 'member') NOT IN ('ex_officio', 'employee_representative')
               AS is_covered,
           "end" - start + group_minutes > 4 * 60 AS is_whole_day,  -- R23
           coalesce(minutes_from(start, "left"), "end") - coalesce(minutes_from(start, arrived), start)
               + coalesce(travel_minutes, 0) AS minutes_without_group,  -- R18
           group_minutes
    FROM attendance JOIN meetings USING (municipality, meeting_id) JOIN bodies USING (municipality, body)
)
SELECT * EXCLUDE (minutes_without_group, group_minutes),
       minutes_without_group + CASE WHEN capacity = 'member' OR (capacity = 'substitute' AND NOT some_cases)
                                    THEN group_minutes ELSE 0 END AS own_minutes,
       EXISTS (FROM mayors m WHERE m.municipality = called.municipality AND m.person_id = called.person_id
                               AND called.date BETWEEN m.since AND m.until) AS is_mayor
FROM called;

-- ------------------------------------------------------------------------------------------- fixed fees and absence

-- Intervals of the offices that have a yearly fee (R3-R7).
CREATE TEMP TABLE fee_offices AS
SELECT o.*, o.role <> 'deputy_mayor' AS is_reduced_for_absence,
       CASE WHEN o.role = 'deputy_mayor' THEN p.deputy_mayor_supplement
            WHEN b.class = 'council' THEN p.council_member
            WHEN b.class = 'executive' THEN p.executive_member
            WHEN b.class = 'planning' THEN if(o.role = 'leader', p.planning_leader, 515200)
            WHEN b.class = 'standing' THEN if(o.role = 'leader', p.standing_leader, 772800) END AS a_year
FROM offices o JOIN parameters p USING (municipality) LEFT JOIN bodies b USING (municipality, body)
WHERE o.role IN ('deputy_mayor', 'leader', 'deputy_leader', 'member') AND a_year IS NOT NULL;

-- Each office's days and instalment in each half of the year (R11). Days on unpaid leave and days as mayor or acting
-- mayor are not held; few offices have any, so that only these are laid out day by day.
CREATE TEMP TABLE instalments AS
WITH gaps AS (
    SELECT o.municipality, o.person_id, o.body, o.role,
           greatest(o.since, g.since) AS since, least(o.until, g.until) AS until
    FROM fee_offices o
    JOIN (SELECT municipality, person_id, body, role, since, until FROM leave WHERE NOT is_paid
          UNION ALL SELECT municipality, person_id, NULL, NULL, since, until FROM mayors) g
      ON g.municipality = o.municipality AND g.person_id = o.person_id
         AND coalesce(g.body, o.body) = o.body AND coalesce(g.role, o.role) = o.role
), days_not_held AS (
    SELECT municipality, person_id, body, role, half, count(DISTINCT day) AS days_not_held
    FROM (SELECT gaps.* EXCLUDE (since, until), half,
                 unnest(range(greatest(since, first), least(until, last) + 1, INTERVAL 1 DAY)) AS day
          FROM gaps CROSS JOIN halves)
    GROUP BY ALL
), days_in_office AS (
    SELECT municipality, person_id, body, role, is_reduced_for_absence, a_year, half, days AS days_of_half,
           sum(greatest(0, least(until, last) - greatest(since, first) + 1)) AS days_in_office
    FROM fee_offices CROSS JOIN halves
    GROUP BY ALL
)
SELECT * EXCLUDE (days_in_office, days_not_held), days_in_office - coalesce(days_not_held, 0) AS held,
       rounded(a_year * held, 2 * days_of_half) AS oere
FROM days_in_office LEFT JOIN days_not_held USING (municipality, person_id, body, role, half);

-- R9: the part over 25 % of the year's absence, where the last day held lies in this half.
CREATE TEMP TABLE reductions AS
WITH offices_of_year AS (
    SELECT municipality, person_id, body, role, sum(oere) AS paid
    FROM instalments
    WHERE is_reduced_for_absence
    GROUP BY ALL
    HAVING max(half) FILTER (held > 0) = getvariable('half')
), duties AS (
    SELECT o.municipality, o.person_id, o.body, o.role, s.date, s.is_present
    FROM sessions s JOIN fee_offices o
      ON o.municipality = s.municipality AND o.person_id = s.person_id AND o.body = s.body
         AND s.date BETWEEN o.since AND o.until
    WHERE year(s.date) = getvariable('year') AND NOT s.is_mayor
), absence AS (
    SELECT municipality, person_id, body, role, count(*) AS duty, count(*) FILTER (NOT is_present) AS missed
    FROM duties d
    WHERE NOT EXISTS (FROM leave l WHERE l.municipality = d.municipality AND l.person_id = d.person_id
                                     AND coalesce(l.body, d.body) = d.body AND coalesce(l.role, d.role) = d.role
                                     AND d.date BETWEEN l.since AND l.until)
    GROUP BY ALL
)
SELECT municipality, person_id, body, rounded(-paid * (4 * missed - duty), 4 * duty) AS oere
FROM offices_of_year JOIN absence USING (municipality, person_id, body, role)
WHERE 4 * missed > duty;

-- ------------------------------------------------------------------------------------------------------ meeting fees

-- R4-R8 and R13-R15: from the attendance list, without a claim.
CREATE TEMP TABLE meeting_fees AS
WITH whole_fees AS (
    SELECT s.*,
           CASE WHEN capacity = 'summoned' THEN 69600
                WHEN capacity = 'substitute' THEN
                    CASE class WHEN 'planning' THEN 51500 WHEN 'standing' THEN 61900 WHEN 'other' THEN 36100
                               ELSE 69600 END
                WHEN capacity = 'member' AND class = 'other' THEN if(o.role = 'leader', 46400, 36100) END AS whole_fee
    FROM sessions s JOIN halves h ON h.half = getvariable('half') AND s.date BETWEEN h.first AND h.last
    LEFT JOIN offices o  -- intervals of one office never overlap: at most one row
      ON o.municipality = s.municipality AND o.person_id = s.person_id AND o.body = s.body AND o.role = 'leader'
         AND s.date BETWEEN o.since AND o.until
    WHERE is_present AND NOT is_mayor AND class <> 'no_fee'
)
SELECT municipality, person_id, body, meeting_id,
       rounded(whole_fee, if(capacity = 'substitute' AND some_cases, 2, 1) * if(by_phone, 2, 1)) AS oere  -- R10, R14
FROM whole_fees
WHERE whole_fee IS NOT NULL;

-- ------------------------------------------------------------------------------------------------------------ claims

CREATE TEMP TABLE claims AS
SELECT c.municipality, c.claim_id, c.kind, c.person_id, c.amount, c.km, s.meeting_id, s.body, s.date,
       -- K9 before K10; equal numbers by the id as text
       row_number() OVER (PARTITION BY c.municipality
                          ORDER BY regexp_extract(claim_id, '^\D*'),
                                   regexp_extract(claim_id, '\d+')::BIGINT, claim_id) AS place,
       s.is_covered, s.is_mayor, s.is_whole_day, s.own_minutes, p.income,
       CASE p.employment WHEN 'none' THEN false
                         WHEN 'pay_kept' THEN is_day_off AND isodow(s.date) <= 5  -- R20, R22
                         ELSE true END AS has_income_to_lose
FROM (SELECT municipality(filename) AS municipality, claim_id, kind, person_id, meeting_id, oere(amount) AS amount,
             oere(quantity) AS km, coalesce(day_off, 'no') = 'yes' AS is_day_off
      FROM read_csv(files('claims'), filename = true, header = true, auto_detect = false, columns = {
          claim_id: 'VARCHAR', person_id: 'VARCHAR', kind: 'VARCHAR', meeting_id: 'VARCHAR', date: 'DATE',
          received: 'DATE', quantity: 'DECIMAL(12,2)', amount: 'DECIMAL(12,2)', document: 'VARCHAR',
          day_off: 'VARCHAR', supplier: 'VARCHAR', supplier_account: 'VARCHAR'})) c
JOIN sessions s USING (municipality, meeting_id, person_id)
JOIN persons p USING (municipality, person_id);

-- R16-R24: claims that share a meeting's cap and a day's. `shared` names the sum that a claim draws on. Whoever asks
-- after a sum of earlier claims gets what they left: the capped sum with this claim less the capped sum without it.
CREATE TEMP TABLE capped_claims AS
WITH sums(kind, shared, an_hour, a_day) AS (
    VALUES ('lost_income_undocumented', 'undocumented', 17000, 103000),
           ('lost_income_documented', 'documented', 38600, 309100),
           ('stand_in', 'documented', 38600, 309100),
           ('employer_refund', 'refund', 38600, 309100),
           ('care', 'care', NULL, 309100)
), caps AS (
    SELECT c.*, shared, a_day,
           CASE WHEN is_whole_day OR an_hour IS NULL THEN a_day
                ELSE least(rounded(an_hour * own_minutes, 60), a_day) END AS meeting_cap,
           CASE WHEN is_whole_day THEN rounded(income, 240)  -- R19
                ELSE least(rounded(income * own_minutes, 240 * 8 * 60), rounded(income, 240)) END AS loss_by_income,
           is_covered AND CASE shared WHEN 'care' THEN true
                                      WHEN 'refund' THEN NOT is_mayor
                                      ELSE has_income_to_lose AND NOT is_mayor END AS is_granted
    FROM claims c JOIN sums USING (kind)
    JOIN halves h ON h.half = getvariable('half') AND c.date BETWEEN h.first AND h.last
), asked AS (
    SELECT *, CASE WHEN NOT is_granted THEN 0
                   WHEN amount IS NOT NULL THEN amount
                   WHEN shared = 'undocumented' THEN meeting_cap
                   ELSE loss_by_income END AS asked
    FROM caps
), of_meetings AS (
    SELECT *, sum(asked) OVER (PARTITION BY municipality, person_id, meeting_id, shared ORDER BY place) AS asked_so_far,
           least(asked_so_far, meeting_cap) - least(asked_so_far - asked, meeting_cap) AS of_meeting
    FROM asked
), of_days AS (
    SELECT *, sum(of_meeting) OVER (PARTITION BY municipality, person_id, date, shared ORDER BY place) AS sum_so_far,
           least(sum_so_far, a_day) - least(sum_so_far - of_meeting, a_day) AS of_day
    FROM of_meetings
), alternatives AS (  -- the greater of the day's two sums is paid, documented on a tie
    SELECT *, coalesce(sum(of_day) FILTER (shared = 'undocumented') OVER day, 0)
              > coalesce(sum(of_day) FILTER (shared = 'documented') OVER day, 0) AS undocumented_is_greater
    FROM of_days
    WINDOW day AS (PARTITION BY municipality, person_id, date)
)
SELECT municipality, person_id, kind, body, meeting_id, claim_id,
       CASE WHEN shared = 'undocumented' AND NOT undocumented_is_greater THEN 0
            WHEN shared = 'documented' AND undocumented_is_greater THEN 0
            ELSE of_day END AS oere
FROM alternatives;

-- The state's rates of 2016 and 2017: kilometres count over the whole year, in the order of their days and ids.
CREATE TEMP TABLE expenses AS
WITH driven AS (
    SELECT *, if(is_covered AND kind = 'travel_car', km, 0) AS counted,
           sum(counted) OVER (PARTITION BY municipality, person_id ORDER BY date, place) AS so_far,
           greatest(0, so_far - greatest(1000000, so_far - counted)) AS beyond
    FROM claims
    WHERE kind IN ('travel_car', 'travel_passenger', 'travel_other', 'companion')
      AND year(date) = getvariable('year')
)
SELECT municipality, person_id, kind, body, meeting_id, claim_id,
       CASE WHEN NOT is_covered THEN 0
            WHEN kind = 'travel_car' THEN rounded((counted - beyond) * 410 + beyond * 345, 100)
            WHEN kind = 'travel_passenger' THEN rounded(km * 100, 100)
            ELSE amount END AS oere
FROM driven JOIN halves h ON h.half = getvariable('half') AND driven.date BETWEEN h.first AND h.last;

-- --------------------------------------------------------------------------------------------------------- the lines

COPY (
    SELECT municipality, person_id, kind, nullif(body, '') AS body, meeting_id, claim_id,
           oere::DECIMAL(15, 0) * 0.01::DECIMAL(3, 2) AS amount,
           if(kind IN ('employer_refund', 'companion'), 1, 0) AS payable
    FROM (
        SELECT municipality, person_id, 'fixed_fee' AS kind, body, NULL AS meeting_id, NULL AS claim_id, oere
        FROM instalments WHERE half = getvariable('half') AND held > 0
        UNION ALL
        SELECT municipality, person_id, 'absence_reduction', body, NULL, NULL, oere FROM reductions
        UNION ALL
        SELECT municipality, person_id, 'meeting_fee', body, meeting_id, NULL, oere FROM meeting_fees
        UNION ALL
        SELECT municipality, person_id, kind, body, meeting_id, claim_id, oere FROM capped_claims
        UNION ALL
        SELECT municipality, person_id, kind, body, meeting_id, claim_id, oere FROM expenses
    )
    ORDER BY ALL NULLS FIRST
) TO (getvariable('out')) (HEADER, DELIMITER ',');
