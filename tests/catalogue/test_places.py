"""Places: their codes through time, and what a written name may mean."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.catalogue.place_names import NameRules, load_name_rules, read_table
from shanhai.catalogue.place_records import ExtraName, NameKind
from shanhai.catalogue.places import (
    Gazetteer,
    PlaceLevel,
    PlaceRecord,
    Transfer,
    load_gazetteer,
)
from shanhai.model import CatalogueError

TIBET = "54"


def codes(records: tuple[PlaceRecord, ...]) -> list[str]:
    return [r.code for r in records]


class TestTibet:
    """Facts of the field, told in its own words."""

    def test_lhorong_changes_its_code_in_2014(self, places: Gazetteer) -> None:
        before, after = places.by_code("542132"), places.by_code("540329")
        assert before is not None
        assert after is not None
        assert (before.name, before.ends) == ("洛隆县", 2014)
        assert (after.name, after.begins, after.ends) == ("洛隆县", 2014, None)
        assert codes(places.current("542132")) == ["540329"]
        assert places.series("540329") == ("542132", "540329")

    def test_nagqu_county_becomes_seni_district_in_2017(self, places: Gazetteer) -> None:
        assert [(r.code, r.name) for r in places.current("542421")] == [("540602", "色尼区")]
        assert codes(places.current("542421", on=datetime.date(2016, 12, 31))) == ["542421"]
        assert codes(places.current("542421", on=datetime.date(2017, 12, 31))) == ["540602"]
        assert places.current("540602", on=datetime.date(2016, 12, 31)) == ()

    def test_61_of_74_county_codes_begin_in_2014_or_later(self, places: Gazetteer) -> None:
        counties = [
            r
            for r in places.records
            if r.code.startswith(TIBET) and r.level is PlaceLevel.COUNTY and r.is_current
        ]
        assert len(counties) == 74
        assert sum(r.begins is not None and r.begins >= 2014 for r in counties) == 61

    def test_the_73_codes_retired_since_1994_are_resolved_or_ambiguous(self, places: Gazetteer) -> None:
        retired = {
            r.code
            for r in places.records
            if r.code.startswith(TIBET) and r.ends is not None and r.ends >= 1994
        }
        answers = {code: codes(places.current(code)) for code in retired}
        assert len(retired) == 73
        assert all(answers.values())
        assert {code: found for code, found in answers.items() if len(found) > 1} == {
            "542135": ["540327", "540425"],
            "542136": ["540302", "540321", "540325"],
            "542137": ["540302", "540321"],
        }

    def test_a_county_carved_out_is_told_as_a_transfer(self, places: Gazetteer) -> None:
        # given Nyima, which gave up Shuanghu in 2012 and kept its code until 2017
        assert codes(places.current("542430")) == ["540629"]
        # then its figures before 2012 are told to cover more
        assert [(t.year, t.to) for t in places.transfers("542430")] == [(2012, "542431")]

    def test_prefectures_go_on_too(self, places: Gazetteer) -> None:
        assert codes(places.current("542100")) == ["540300"]
        assert codes(places.current("542700")) == ["540200", "540500"]

    def test_every_county_has_a_seat(self, places: Gazetteer) -> None:
        counties = [r for r in places.records if r.code.startswith(TIBET) and r.level is PlaceLevel.COUNTY]
        assert [r.name for r in counties if r.is_current and r.lon is None] == []

    @pytest.mark.parametrize(
        ("town", "county"),
        [
            ("孜托镇", "540329"),
            ("康沙镇", "540329"),
            ("硕督镇", "540329"),
            ("俄西乡", "540329"),
            ("那曲镇", "540602"),
            ("帕那镇", "540624"),
            ("扎仁镇", "540624"),
        ],
    )
    def test_townships_that_reports_name(self, places: Gazetteer, town: str, county: str) -> None:
        assert [r.parent for r in places.named(town)] == [county]
        assert town in places.names()


class TestNames:
    @pytest.mark.parametrize(
        ("written", "first"),
        [
            ("昌都", "540300"),
            ("昌都地区", "542100"),
            ("洛隆", "540329"),
            ("泉州", "350500"),
            ("泉州市", "350500"),
            ("渝", "500000"),
            ("西藏", "540000"),
            ("广西", "450000"),
            ("克州", "653000"),
            ("克孜勒苏", "653000"),
            ("博州", "652700"),
            ("伊犁州", "654000"),
            ("工布江达", "540421"),
            ("错那", "540581"),
            ("米林", "540481"),
            ("米林县", "540422"),
            ("扎达县", "542522"),
            ("玉树州", "632700"),
            ("积石山", "622927"),
            ("东乡族自治县", "622926"),
            ("襄樊", "420600"),
        ],
    )
    def test_a_written_name_means_first(self, places: Gazetteer, written: str, first: str) -> None:
        assert codes(places.named(written))[0] == first

    def test_places_in_force_come_first(self, places: Gazetteer) -> None:
        found = places.named("昌都")
        assert [r.is_current for r in found] == sorted((r.is_current for r in found), reverse=True)
        assert codes(found) == ["540300", "542100", "542121"]

    def test_an_unknown_name_means_nothing(self, places: Gazetteer) -> None:
        assert places.named("不是地名") == ()
        assert places.named("") == ()

    @pytest.mark.parametrize(
        ("written", "at_least"), [("朝阳区", 2), ("城关区", 2), ("吉林", 2), ("巴州", 2)]
    )
    def test_what_is_ambiguous_stays_so(self, places: Gazetteer, written: str, at_least: int) -> None:
        assert sum(r.is_current for r in places.named(written)) >= at_least

    def test_an_enclosing_place_narrows(self, places: Gazetteer) -> None:
        assert codes(places.resolve("城关区", within="540000")) == ["540102"]
        assert codes(places.resolve("朝阳区", within="220100")) == ["220104"]
        assert places.resolve("城关区", within="110000") == ()
        assert places.resolve("城关区") == places.named("城关区")

    def test_an_enclosing_place_encloses_under_its_former_codes(self, places: Gazetteer) -> None:
        assert codes(places.resolve("洛隆县", within="540300")) == ["540329", "542132"]
        assert codes(places.resolve("洛隆县", within="542100")) == ["540329", "542132"]

    def test_the_corps_stands_for_its_cities(self, places: Gazetteer) -> None:
        found = places.named("兵团")
        assert len(found) > 1
        assert {r.parent for r in found} == {"650000"}


class TestFormsToLookFor:
    @pytest.mark.parametrize(
        "word",
        [
            "和平",
            "新华",
            "长安",
            "朝阳",
            "解放",
            "平安",
            "城区",
            "郊区",
            "新区",
            "东方",
            "安定",
            "比如",
            "资源",
            "公安",
        ],
    )
    def test_ordinary_words_are_left_out(self, places: Gazetteer, word: str) -> None:
        assert places.named(word) != ()
        assert word not in places.names()

    @pytest.mark.parametrize(
        "name", ["朝阳区", "朝阳市", "和平县", "安定区", "比如县", "索县", "昌都", "那曲"]
    )
    def test_full_names_stay(self, places: Gazetteer, name: str) -> None:
        assert name in places.names()

    def test_a_word_may_be_barred_for_some_places_only(self, places: Gazetteer) -> None:
        assert places.names()["河南"] == ("410000",)
        assert "632324" in codes(places.named("河南"))

    def test_single_characters_stand_apart(self, places: Gazetteer) -> None:
        assert all(len(form) > 1 for form in places.names())
        assert all(len(form) == 1 for form in places.letters())
        assert places.letters()["渝"] == ("500000",)
        assert {"640000", "320100"} <= set(places.letters()["宁"])
        provinces = {r.code for r in places.records if r.level is PlaceLevel.PROVINCE}
        assert provinces <= {code for found in places.letters().values() for code in found}

    def test_every_word_and_decoy_is_needed(self, places: Gazetteer) -> None:
        rules = load_name_rules()
        words = [form for form, _, _ in read_table("words.csv", ("form", "codes", "note"))]
        assert [w for w in words if not places.named(w)] == []
        assert len(words) == len(set(words))
        hidden = [line[1].split() for line in read_table("decoys.csv", ("word", "hides"))]
        assert [form for forms in hidden for form in forms if form not in places.names()] == []
        assert all(hidden)
        assert places.decoys() == rules.decoys
        assert not places.decoys() & set(places.names())


class TestShortNames:
    @pytest.mark.parametrize(
        ("full", "short"),
        [
            ("洛隆县", "洛隆"),
            ("内蒙古自治区", "内蒙古"),
            ("新疆维吾尔自治区", "新疆"),
            ("巴音郭楞蒙古自治州", "巴音郭楞"),
            ("积石山保安族东乡族撒拉族自治县", "积石山"),
            ("东乡族自治县", "东乡"),
            ("鄂伦春自治旗", "鄂伦春"),
            ("管城回族区", "管城"),
            ("龙胜各族自治县", "龙胜"),
            ("神农架林区", "神农架"),
            ("索县", "索"),
            ("不知道", "不知道"),
        ],
    )
    def test_the_ending_and_the_peoples_go(self, full: str, short: str) -> None:
        assert load_name_rules().short(full) == short

    def test_one_character_is_no_short_form(self) -> None:
        assert list(load_name_rules().shortened("索县")) == []
        assert list(load_name_rules().shortened("玉树藏族自治州")) == ["玉树", "玉树州"]


PLACES = load_gazetteer()
ALL_CODES = sorted({r.code for r in PLACES.records})


class TestAlways:
    @given(st.sampled_from(PLACES.records))
    def test_a_place_answers_to_its_own_name(self, record: PlaceRecord) -> None:
        assert record in PLACES.named(record.name)

    @given(st.sampled_from(PLACES.records))
    def test_a_place_is_found_within_each_place_above_it(self, record: PlaceRecord) -> None:
        for above in PLACES.ancestors(record.code):
            bearer = PLACES.by_code(record.code)
            assert bearer is not None
            assert bearer in PLACES.resolve(bearer.name, within=above.code)

    @given(st.sampled_from(ALL_CODES))
    def test_what_a_code_leads_to_is_in_force_and_in_its_series(self, code: str) -> None:
        for record in PLACES.current(code):
            assert record.is_current
            assert record.code in PLACES.series(code)
            assert code in PLACES.series(record.code)

    @given(st.sampled_from(ALL_CODES), st.dates(datetime.date(1981, 12, 31), datetime.date(2030, 1, 1)))
    def test_what_a_code_leads_to_on_a_date_holds_on_it(self, code: str, on: datetime.date) -> None:
        assert all(r.holds(on.year) for r in PLACES.current(code, on))

    @given(st.sampled_from(sorted(PLACES.names().items())))
    def test_a_form_and_its_codes_agree_with_named(self, form: tuple[str, tuple[str, ...]]) -> None:
        name, found = form
        assert set(found) <= set(codes(PLACES.named(name)))

    def test_only_three_prefectures_end_without_a_successor(self) -> None:
        ended = [r.code for r in PLACES.records if r.ends is not None and not r.successors]
        assert ended == ["511200", "513500", "517000"]

    def test_unknown_codes_are_answered_with_nothing(self) -> None:
        assert PLACES.by_code("999999") is None
        assert PLACES.current("999999") == ()
        assert PLACES.ancestors("999999") == ()
        assert PLACES.series("999999") == ()
        assert PLACES.rows("999999") == ()
        assert PLACES.transfers("999999") == ()


class TestFaultyData:
    def test_all_dangling_codes_are_told_together(self) -> None:
        # given a place under a parent that there is not, and two faulty names
        record = PlaceRecord("540329", "洛隆县", PlaceLevel.COUNTY, "540300", 2014)
        extra = [ExtraName("洛", ("1",), NameKind.LETTER), ExtraName("隆", (), NameKind.SHORT)]
        # when they are loaded
        with pytest.raises(CatalogueError) as raised:
            Gazetteer([record], extra, [Transfer("540329", 2020, "540330")], NameRules({"县": ""}, (), {}))
        # then every fault is named
        text = str(raised.value)
        assert "洛隆县" in text
        assert "'540300'" in text
        assert "names.csv: 洛" in text
        assert "names.csv: 隆" in text
        assert "'540330'" in text
