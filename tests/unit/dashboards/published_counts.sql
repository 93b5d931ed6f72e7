CREATE TEMP MACRO measures_pct(part, whole) AS 100.0 * part / nullif(whole, 0);

CREATE TEMP TABLE scoped AS
SELECT unit_code AS counted_at, 'own' AS scope, * FROM marts.fct_awards
UNION ALL SELECT unit_code, 'rollup', * FROM marts.fct_awards
UNION ALL SELECT 'LS', 'rollup', * FROM marts.fct_awards;

INSERT INTO marts.rpt_mau_02 (programme_id, phase_id, unit_code, scope, row_id, row_order, number, label,
  row_type, collectives, individuals, households, grassroots_collectives, grassroots_collectives_pct,
  direct_individuals, direct_individuals_pct, leader_individuals, leader_individuals_pct,
  unknown_class_collectives, unknown_class_individuals, award_rate_collectives_pct,
  award_rate_individuals_pct, unit_collectives, unit_individuals, number_source)
WITH places AS (SELECT DISTINCT counted_at, scope FROM scoped UNION SELECT 'LS', 'own'),
counts AS (
  SELECT places.counted_at, places.scope, form.row_order, form.row_id, form.number, form.label, form.row_type,
    count(*) FILTER (recipient_kind = 'tap_the') AS c, count(*) FILTER (recipient_kind = 'ca_nhan') AS i,
    count(*) FILTER (recipient_kind = 'gia_dinh') AS h,
    count(*) FILTER (recipient_kind = 'tap_the' AND is_direct) AS gc,
    count(*) FILTER (recipient_kind = 'ca_nhan' AND is_direct) AS di,
    count(*) FILTER (recipient_kind = 'ca_nhan' AND is_leader) AS li,
    count(*) FILTER (recipient_kind = 'tap_the' AND is_direct IS NULL) AS uc,
    count(*) FILTER (recipient_kind = 'ca_nhan' AND is_direct IS NULL) AS ui
  FROM places CROSS JOIN form
  LEFT JOIN members ON members.row_id = form.row_id
  LEFT JOIN scoped ON scoped.counted_at = places.counted_at AND scoped.scope = places.scope
    AND scoped.award_code = members.award_code
  GROUP BY ALL
)
SELECT 'LS-1620', 'LS-1620', counted_at, scope, row_id, row_order, number, label, row_type, c, i, h, gc,
  measures_pct(gc, c), di, measures_pct(di, i), li, measures_pct(li, i), uc, ui, NULL, NULL, NULL, NULL, 'lists'
FROM counts;

INSERT INTO marts.dim_mau_02_members (row_id, award_code, sub_kind) SELECT row_id, award_code, NULL FROM
  members;
INSERT INTO marts.dim_unit_rollups (unit_code, ancestor_code)
SELECT unit_code, unit_code FROM marts.dim_units UNION
SELECT unit_code, parent_code FROM marts.dim_units WHERE parent_code IS NOT NULL;

INSERT INTO marts.rpt_award_totals_by_level (programme_id, award_year, level, unit_code, scope, collectives,
  individuals, households, grassroots_collectives, grassroots_collectives_pct, direct_individuals,
  direct_individuals_pct, leader_individuals, leader_individuals_pct, unknown_class_collectives,
  unknown_class_individuals)
SELECT 'LS-1620', award_year, level, counted_at, scope,
  count(*) FILTER (recipient_kind = 'tap_the') AS c, count(*) FILTER (recipient_kind = 'ca_nhan') AS i,
  count(*) FILTER (recipient_kind = 'gia_dinh'), count(*) FILTER (recipient_kind = 'tap_the' AND is_direct) AS gc,
  measures_pct(gc, c), count(*) FILTER (recipient_kind = 'ca_nhan' AND is_direct) AS di, measures_pct(di, i),
  count(*) FILTER (recipient_kind = 'ca_nhan' AND is_leader) AS li, measures_pct(li, i),
  count(*) FILTER (recipient_kind = 'tap_the' AND is_direct IS NULL),
  count(*) FILTER (recipient_kind = 'ca_nhan' AND is_direct IS NULL)
FROM scoped GROUP BY award_year, level, counted_at, scope;

INSERT INTO marts.rpt_awards_outside_mau_02 (programme_id, phase_id, unit_code, scope, award_code,
  collectives, individuals, households, grassroots_collectives, grassroots_collectives_pct,
  direct_individuals, direct_individuals_pct, leader_individuals, leader_individuals_pct,
  unknown_class_collectives, unknown_class_individuals)
SELECT 'LS-1620', 'LS-1620', counted_at, scope, award_code,
  count(*) FILTER (recipient_kind = 'tap_the') AS c, count(*) FILTER (recipient_kind = 'ca_nhan') AS i,
  count(*) FILTER (recipient_kind = 'gia_dinh'), count(*) FILTER (recipient_kind = 'tap_the' AND is_direct) AS gc,
  measures_pct(gc, c), count(*) FILTER (recipient_kind = 'ca_nhan' AND is_direct) AS di, measures_pct(di, i),
  count(*) FILTER (recipient_kind = 'ca_nhan' AND is_leader) AS li, measures_pct(li, i),
  count(*) FILTER (recipient_kind = 'tap_the' AND is_direct IS NULL),
  count(*) FILTER (recipient_kind = 'ca_nhan' AND is_direct IS NULL)
FROM scoped WHERE award_code NOT IN (SELECT award_code FROM members) GROUP BY award_code, counted_at, scope;
