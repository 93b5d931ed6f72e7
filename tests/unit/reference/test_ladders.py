"""«… trở lên»: a step of a ladder stands for its codes and all above; rules name the step, never a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reference.load import ReferenceError, load_reference
from pipelines.reference.reference import Reference
from pipelines.reference.yaml_lines import read_yaml
from tests.unit.reference.conftest import Edit

LLVT = "codes: {at_least: {ladder: chien_si_tien_tien, step: CSTT}}"
CRITERIA = "programmes/CB-2125/criteria.yaml"


def test_a_step_holds_its_equals_all_above_and_the_ladder_it_goes_on_with(reference: Reference) -> None:
    titles = reference.ladders.at_least("chien_si_tien_tien", "CSTT")
    assert titles == ("CSTT", "CSTD-CS", "CSTD-TINH", "CSTD-BNG", "CSTD-BHXH", "CSTD-TQ")
    assert reference.ladders.at_least("chien_si_tien_tien", "CSTD-TQ") == ("CSTD-TQ",)
    assert reference.ladders.at_least("bang_khen", "BK-TTCP") == ("BK-TTCP",)


def test_a_rule_gets_the_codes_of_its_step(reference: Reference) -> None:
    criteria = {one.id: one for one in reference.programmes["CB-2125"].criteria}
    assert criteria["CB-CN-LLVT-1CSTDCS"].check
    assert list(criteria["CB-CN-LLVT-1CSTDCS"].check["codes"]) == list(
        reference.ladders.at_least("chien_si_thi_dua", "CSTD-CS")
    )


def test_ratings_take_their_rank_from_the_ladder(reference: Reference) -> None:
    ranks = {one.code: (one.scale, one.rank) for one in reference.ratings}
    assert ranks["HTXSNV"] == ("RATING", 4)
    assert ranks["DV-HTTNV"] == ("PARTY_RATING", 3)
    assert len(ranks) == len(reference.recipients.ratings)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("codes: {at_least: {ladder: chien_sy, step: CSTT}}", "không có thang bậc «chien_sy»"),
        ("codes: {at_least: {ladder: chien_si_tien_tien, step: CSTX}}", "không có bậc «CSTX»"),
        ("codes: {at_least: {laddr: chien_si_tien_tien, step: CSTT}}", "«at_least» gồm đúng hai khóa"),
    ],
)
def test_an_unknown_ladder_or_step_is_named_with_its_line(edit: Edit, wrong: str, said: str) -> None:
    folder = edit(CRITERIA, LLVT, wrong)
    line = 1 + (folder / CRITERIA).read_text(encoding="utf-8").splitlines().index("      " + wrong)
    with pytest.raises(ReferenceError) as raised:
        load_reference(folder)
    assert any(said in one.text and one.line == line for one in raised.value.problems)


def test_a_code_no_award_has_is_named(edit: Edit) -> None:
    folder = edit("ladders.yaml", "[[NTM], [NTM-NC], [NTM-KM]]", "[[NTM], [NTM-NX], [NTM-KM]]")
    with pytest.raises(ReferenceError, match="NTM-NX"):
        load_reference(folder)


def test_a_rating_without_a_step_is_named(edit: Edit) -> None:
    folder = edit("ladders.yaml", "[HTTNV], [HTXSNV]]", "[HTTNV]]")
    with pytest.raises(ReferenceError, match="HTXSNV không đứng ở thang bậc nào"):
        load_reference(folder)


def test_a_list_without_at_least_keeps_what_is_twice(reference: Reference, tmp_path: Path) -> None:
    """A phase of one year is [2026, 2026]."""
    path = tmp_path / "programme.yaml"
    path.write_text("years: [2026, 2026]\nlisted:\n- {id: A}\n- {id: A}\n", "utf-8")
    data, _ = read_yaml(path)
    assert reference.ladders.expand(data) == []
    assert data == {"years": [2026, 2026], "listed": [{"id": "A"}, {"id": "A"}]}
