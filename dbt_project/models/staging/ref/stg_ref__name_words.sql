-- Grain: one row per kind of word and word of a name: with what a household's name begins, how its head is addressed, who else it names.
select * from {{ source('ref', 'name_words') }}
