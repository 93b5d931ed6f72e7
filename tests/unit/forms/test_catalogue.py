import pytest

from tests.raw_rows import known_forms

CATALOGUE = known_forms()
EXPECTED = {
    "BHXH-M01", "BHXH-M02", "BHXH-M03", "BHXH-DSDK", "BHXH-KH", "LS-M01", "LS-M02", "LS-M03", "LS-M04",
    "CB-BDK", "HCM-DSDK", "KT-DS", "LS-DSDN", "QS", "ND91-TT", "PL-TC", "DOC-TOTRINH", "DOC-BIENBAN",
    "DOC-KEHOACH", "DOC-SOKET", "DOC-TONGKET", "DOC-BCNAM", "DOC-HOINGHI",
}  # fmt: skip


def test_every_form_has_its_folder() -> None:
    assert set(CATALOGUE.forms) >= EXPECTED


@pytest.mark.parametrize("form", CATALOGUE.forms.values(), ids=lambda form: form.id)
def test_form_names_its_source_and_label(form) -> None:
    assert form.citation
    assert form.official_label
    assert form.titles or form.kind == "contents"


def test_new_programme_may_use_every_form_without_a_change() -> None:
    assert {form.id for form in CATALOGUE.allowed("LS-2630")} == set(CATALOGUE.forms)


def test_forms_of_one_programme_are_not_those_of_another() -> None:
    allowed = {form.id for form in CATALOGUE.allowed("CB-2125")}
    assert "CB-BDK" in allowed
    assert not {"HCM-DSDK", "LS-M03", "BHXH-M01"} & allowed


def test_a_list_of_proposals_is_no_list_of_awards():
    forms = known_forms().forms
    assert forms["KT-DS"].contents == "awards"
    assert forms["LS-DSDN"].contents == "proposals"
    assert [name for name, form in forms.items() if form.contents == "awards"] == ["KT-DS"]
    assert forms["LS-DSDN"].is_list
