"""Syllables, as a careful speaker of German counts them."""

from __future__ import annotations

import pytest

from replylint.german.syllables import syllables

# Written as spoken: each hyphen is a border of syllables.
SPOKEN = """
Haus Tür Brief gut schnell Dank Zug spät neu Post ich wir Ihr dass Herr Frau
Ra-te Kar-te An-trag Be-trag Ver-trag Kun-de Ge-rät Lie-fern Wa-ren bit-te dan-ke ger-ne kön-nen wer-den
ha-ben müs-sen ru-fen schrei-ben schi-cken se-hen ge-hen zie-hen leih-en blei-ben fei-ern dau-ern bau-en
neu-e teu-er trau-en Feu-er Ge-bäu-de Häu-ser Bäu-me Räu-me läuft Deutsch-land Eu-ro-pa Eu-ro heu-te
Be-ste-llung Rech-nung Lie-fe-rung Zah-lung Mel-dung An-fra-ge Aus-kunft Ant-wort Nach-richt Te-le-fon
Rück-er-stat-tung Ü-ber-wei-sung Ver-si-che-rung Kün-di-gung Be-ar-bei-tung Un-ter-la-gen In-for-ma-tion
Sta-tion Na-tion Re-kla-ma-tion Ak-tion Ver-sion Kom-mis-sion Funk-tion Op-tion Si-tu-a-tion Dis-kus-sion
Ge-ne-ra-tion Pro-duk-tion tra-di-tio-nell na-tio-nal Re-gi-on Mil-li-on Sta-di-on Le-gi-on Ka-ri-es
be-ach-ten be-ant-wor-ten be-ob-ach-ten be-en-den be-ei-len be-ein-dru-ckend be-ur-tei-len be-un-ru-hi-gen be-auf-tra-gen
be-in-hal-ten ge-än-dert ge-ach-tet ge-öff-net ge-ehr-te ge-eig-net ge-ei-nigt ge-impft ge-übt Bei-trag Bei-spiel
bei bei-de Geist gei-zig Bee-re Be-am-ter Be-er-di-gung
Ak-ti-e Fa-mi-li-e Li-ni-e Richt-li-ni-e Prä-mi-e Se-ri-e Ma-te-ri-al Fe-ri-en Me-di-en Stu-di-e Fo-li-e Im-mo-bi-li-e
Ga-ran-tie Ko-pie En-er-gie Bat-te-rie Par-tie Te-le-fo-nie Che-mie Phan-ta-sie Kri-te-ri-en Prin-zi-pi-en
Pa-ti-ent Kli-ent Ef-fi-zi-enz O-ri-en-tie-rung ver-dient dient Dienst be-dient spe-zi-ell ma-te-ri-ell Hy-gi-e-ne
i-de-al I-dee I-de-en re-al i-de-ell See Tee Kaf-fee Ar-mee Ko-o-pe-ra-tion ko-or-di-nie-ren Zoo Boot
ak-tu-ell ma-nu-ell in-di-vi-du-ell Ja-nu-ar Fe-bru-ar Sta-tu-e Ru-i-ne Qua-li-tät Quit-tung be-quem re-quest kon-se-quent
Mu-se-um Ju-bi-lä-um Al-bum Da-tum na-iv Mo-sa-ik Lai-e Mai Kai-ser The-a-ter The-o-rie Po-e-sie
he-ro-isch e-go-is-tisch Toi-let-te Boi-ler Rou-te Tour Cou-pon Jour-nal Ni-veau Pla-teau Bü-ro
Sys-tem Typ Han-dy Ba-by Yo-ga lo-yal Bay-ern Hy-ä-ne Gym-nas-tik a-na-ly-sie-ren
Team Web-site Soft-ware On-line on-line-shop Up-date Ser-vice Ser-vice-team Kun-den-ser-vice Hot-line Down-load Ac-count E-Mail
Bau-amt Drei-eck Eis-er-satz Schnee-ei-mer Kun-den-num-mer Ver-sand-be-stä-ti-gung Haus-tür-schlüs-sel
Ren-ten-ver-si-che-rungs-trä-ger Be-schäf-ti-gungs-be-schei-ni-gung Wi-der-rufs-be-leh-rung Da-ten-schutz-er-klä-rung
""".split()


@pytest.mark.parametrize("spoken", SPOKEN)
def test_syllables(spoken: str) -> None:
    word = "E-Mail" if spoken == "E-Mail" else spoken.replace("-", "")
    assert syllables(word) == spoken.count("-") + 1


def test_the_list_is_long_enough() -> None:
    assert len(set(SPOKEN)) >= 150


def test_words_without_vowels_figures_and_hyphens() -> None:
    assert [syllables(word) for word in ("GmbH", "24", "z", "IBAN-Nummer", "Web-App", "dir’s")] == [1, 1, 1, 4, 2, 2]
