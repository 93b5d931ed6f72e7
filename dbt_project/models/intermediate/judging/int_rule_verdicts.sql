-- Grain: one row per subject and completeness rule or criterion that applies to it: 0 fails, 1 unknown, 2 passes.
with {{ judge(ref('int_leaf_verdicts'), "('completeness', 'criterion')") }}

select * from judged
