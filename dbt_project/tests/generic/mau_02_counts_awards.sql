{# The lines of a unit's own table hold its award events, each once in the line of its award.
   Failing: lines whose numbers are not those of fct_awards (a filled table alone is nobody's events). #}
{% test mau_02_counts_awards(model, awards, members) %}
with events as (
    select awards.programme_id, awards.unit_code, members.row_id, awards.recipient_kind, count(*) as n
    from {{ awards }} as awards
    inner join {{ members }} as members
        on awards.award_code = members.award_code
        and (members.sub_kind is null or members.sub_kind = awards.sub_kind)
    where awards.phase_id is not null
    group by all
),

lines as (
    select programme_id, unit_code, row_id, collectives + individuals + households as n
    from {{ model }}
    where scope = 'own' and row_type in ('line', 'sibling_line') and number_source <> 'table'
)

select lines.programme_id, lines.unit_code, lines.row_id
from lines
left join events
    on lines.programme_id = events.programme_id
    and lines.unit_code = events.unit_code
    and lines.row_id = events.row_id
    and events.recipient_kind is not null
group by lines.programme_id, lines.unit_code, lines.row_id, lines.n
having lines.n <> coalesce(sum(events.n), 0)
{% endtest %}
