-- Fills a warehouse for benchmarks/coverage.py; the variable `units` says how many units.
-- Every cell expects every unit, with the numbers it asks of one of its real units.
CREATE TABLE big AS SELECT printf('U%05d', i) AS unit_code, i FROM range(getvariable('units')) AS t(i);
CREATE OR REPLACE TABLE ref.coverage_expected AS
    SELECT e.* REPLACE (big.unit_code AS unit_code, false AS is_placeholder)
    FROM (FROM ref.coverage_expected QUALIFY row_number() OVER (PARTITION BY cell_id ORDER BY unit_code) = 1) AS e
    CROSS JOIN big;
CREATE OR REPLACE TABLE ref.coverage_counted_units AS
    SELECT cell_id, unit_code, unit_code AS counted_unit_code FROM ref.coverage_expected;

-- Every third unit sends each form of each cell once, lists with eight nominees.
CREATE TABLE sent AS
    SELECT big.unit_code, big.i, f.*, md5(big.unit_code || f.form_id || f.programme_id || f.key) AS submission_id
    FROM big CROSS JOIN (
        SELECT DISTINCT form_id, programme_id, year, field_id, coalesce(phase_id, year::VARCHAR, programme_id) AS key,
            list_contains(counted, form_id) AS is_list
        FROM (SELECT *, unnest(from_json(forms, '["VARCHAR"]')) AS form_id FROM ref.coverage_cells)
        CROSS JOIN (SELECT ['BHXH-DSDK', 'BHXH-M01', 'BHXH-M03', 'LS-M03', 'LS-M04', 'CB-BDK', 'HCM-DSDK'] AS counted)
        WHERE field_id IS NULL OR form_id <> 'HCM-DSDK' OR field_id = 'HCM-c'
    ) AS f WHERE big.i % 3 = 0;
INSERT INTO raw.submissions BY NAME
    SELECT submission_id, any_value(programme_id || '/' || unit_code || '/2022-05-01/' || form_id) AS source_file,
        any_value(programme_id) AS programme_id, any_value(unit_code) AS unit_code, DATE '2022-05-01' AS received_on,
        any_value(form_id) AS form_id, 'read' AS intake, submission_id AS content_sha256, true AS is_present
    FROM sent GROUP BY submission_id;
INSERT INTO raw.parts BY NAME
    SELECT DISTINCT submission_id, 1 AS part_no, form_id, key AS part_key, 2022 AS document_year, 1 AS rows_read
    FROM sent;
INSERT INTO raw.records BY NAME
    SELECT submission_id || ':1:' || n AS record_id, submission_id, 1 AS part_no, form_id, key AS part_key,
        n AS record_no, 'row' AS record_kind, ['tap_the', 'ca_nhan'][1 + n % 2] AS recipient_kind,
        unit_code || ' ' || n AS recipient_name, lower(unit_code) || ' ' || n AS name_key, year AS record_year,
        'Biểu' AS source_sheet, n + 8 AS source_row
    FROM (SELECT DISTINCT submission_id, form_id, key, unit_code, year, is_list FROM sent), range(8) AS t(n)
    WHERE is_list;
INSERT INTO raw.fields BY NAME
    SELECT record_id, submission_id, field, 0 AS item, value AS value_text, value AS value_code
    FROM raw.records, (VALUES ('linh_vuc', 'HCM-c'), ('muc_tieu', 'có'), ('giai_phap', 'có')) AS v(field, value)
