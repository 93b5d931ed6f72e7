CREATE SCHEMA marts; CREATE SCHEMA meta;
CREATE TABLE meta.snapshot (as_of DATE, run_id TEXT, code_version TEXT, input_digest TEXT, published_at TIMESTAMPTZ);
CREATE TABLE marts.dim_programmes (programme_id TEXT, short_name TEXT, title TEXT, first_award_year INT,
  last_award_year INT);
CREATE TABLE marts.dim_mau_02_members (row_id TEXT, award_code TEXT, sub_kind TEXT);
CREATE TABLE marts.dim_unit_rollups (unit_code TEXT, ancestor_code TEXT);
CREATE TABLE marts.trc_mau_02_cells (programme_id TEXT, phase_id TEXT, unit_code TEXT, row_id TEXT, column_name TEXT,
  amount BIGINT, label TEXT, submission_id TEXT, source_file TEXT, source_sheet TEXT, source_row INT, source_cell TEXT);
CREATE TABLE marts.dim_phases (programme_id TEXT, phase_id TEXT, label TEXT, first_year INT, last_year INT);
CREATE TABLE marts.dim_units (unit_code TEXT, name TEXT, unit_type TEXT, parent_code TEXT, programme_id TEXT,
  valid_from DATE, valid_to DATE, successor_code TEXT);
CREATE TABLE marts.dim_awards (award_code TEXT, official_name TEXT, level TEXT);
CREATE TABLE marts.dim_rules (rule_id TEXT, kind TEXT, programme_id TEXT, severity TEXT, message_vi TEXT, short_vi TEXT,
  how_to_fix_vi TEXT, citation TEXT);
CREATE TABLE marts.dim_policies (policy_id TEXT, value TEXT, default_value TEXT, is_default BOOLEAN, text TEXT);
CREATE TABLE marts.rpt_mau_02 (programme_id TEXT, phase_id TEXT, unit_code TEXT, scope TEXT, row_id TEXT, row_order INT,
  number TEXT, label TEXT, row_type TEXT, collectives BIGINT, individuals BIGINT, households BIGINT,
  grassroots_collectives BIGINT, grassroots_collectives_pct DOUBLE, direct_individuals BIGINT,
  direct_individuals_pct DOUBLE, leader_individuals BIGINT, leader_individuals_pct DOUBLE,
  unknown_class_collectives BIGINT, unknown_class_individuals BIGINT, award_rate_collectives_pct DOUBLE,
  award_rate_individuals_pct DOUBLE, unit_collectives BIGINT, unit_individuals BIGINT, number_source TEXT);
CREATE TABLE marts.rpt_award_totals_by_level (programme_id TEXT, award_year INT, level TEXT, unit_code TEXT, scope TEXT,
  collectives BIGINT, individuals BIGINT, households BIGINT, grassroots_collectives BIGINT,
  grassroots_collectives_pct DOUBLE, direct_individuals BIGINT, direct_individuals_pct DOUBLE,
  leader_individuals BIGINT, leader_individuals_pct DOUBLE, unknown_class_collectives BIGINT,
  unknown_class_individuals BIGINT);
CREATE TABLE marts.rpt_awards_outside_mau_02 (programme_id TEXT, phase_id TEXT, unit_code TEXT, scope TEXT,
  award_code TEXT, collectives BIGINT, individuals BIGINT, households BIGINT, grassroots_collectives BIGINT,
  grassroots_collectives_pct DOUBLE, direct_individuals BIGINT, direct_individuals_pct DOUBLE,
  leader_individuals BIGINT, leader_individuals_pct DOUBLE, unknown_class_collectives BIGINT,
  unknown_class_individuals BIGINT);
CREATE TABLE marts.dim_deadlines (programme_id TEXT, cell_id TEXT, period TEXT, unit_type TEXT, last_day DATE,
  wording_vi TEXT, citation TEXT, label_vi TEXT, is_named BOOLEAN, is_before BOOLEAN);
CREATE TABLE marts.rpt_phase_coverage (programme_id TEXT, cell_id TEXT, stage TEXT, period TEXT, unit_code TEXT,
  status TEXT, on_time BOOLEAN, deadline DATE, first_received_on DATE, collectives_required INT, collectives_counted INT,
  individuals_required INT, individuals_counted INT, households_required INT, households_counted INT,
  any_required INT, any_counted INT);
CREATE TABLE marts.rpt_phase_coverage_summary (programme_id TEXT, cell_id TEXT, stage TEXT, period TEXT,
  units_expected INT, units_covered INT, coverage_pct DOUBLE, units_on_time INT, on_time_pct DOUBLE,
  quota_collectives_pct DOUBLE, quota_individuals_pct DOUBLE, rests_on_usual BOOLEAN);
CREATE TABLE marts.rpt_field_coverage (programme_id TEXT, period TEXT, fields_total INT, fields_covered INT,
  coverage_pct DOUBLE);
CREATE TABLE marts.rpt_programme_goals (programme_id TEXT, goal_id TEXT, target INT, counted INT);
CREATE TABLE marts.fct_awards (award_id TEXT, programme_id TEXT, unit_code TEXT, award_code TEXT, sub_kind TEXT,
  level TEXT, recipient_kind TEXT, recipient_name TEXT, position TEXT, workplace TEXT, object_class TEXT,
  is_direct BOOLEAN, is_leader BOOLEAN, award_year INT, decision_no TEXT, decision_date DATE, submission_id TEXT,
  source_file TEXT, source_sheet TEXT, source_row INT, source_cell TEXT);
CREATE TABLE marts.fct_nominations (nomination_id TEXT, programme_id TEXT, phase_id TEXT, unit_code TEXT, form_id TEXT,
  recipient_kind TEXT, recipient_name TEXT, subject_group TEXT, field_id TEXT, is_complete BOOLEAN, blocking_count INT,
  warning_count INT, eligibility TEXT, submission_id TEXT, source_file TEXT, source_sheet TEXT, source_row INT);
CREATE TABLE marts.fct_findings (finding_id TEXT, programme_id TEXT, unit_code TEXT, nomination_id TEXT, rule_id TEXT,
  severity TEXT, field TEXT, message_vi TEXT, citation TEXT, source_file TEXT, source_sheet TEXT, source_row INT,
  source_cell TEXT, status TEXT, first_seen_on DATE, last_seen_on DATE, subject_vi TEXT, fact_vi TEXT, fix_vi TEXT,
  values_vi TEXT, is_open BOOLEAN);
CREATE TABLE marts.fct_submissions (submission_id TEXT, source_file TEXT, programme_id TEXT, unit_code TEXT,
  received_on DATE, form_id TEXT, status TEXT, reason TEXT, rows_read INT);
