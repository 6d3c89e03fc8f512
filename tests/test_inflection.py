"""German inflection: forms of lemmas, separable verbs, and what a word can be."""

import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest

from replylint.german import inflection
from replylint.german.fold import fold
from replylint.german.inflection import forms, is_finite, is_infinitive, is_participle, separable

# lemma: forms it must have / forms it must not have
VERBS = """
können: kann kannst können könnt konnte konnten konntest könnte könntest gekonnt könne / gekannt kennen
müssen: muss musst müsst müssen musste mussten müsste müssten gemusst müsse / muse
dürfen: darf darfst dürfen dürft durfte durften dürfte dürften gedurft dürfe / darft
sollen: soll sollst sollen sollt sollte sollten sollest gesollt
wollen: will willst wollen wollt wollte wollten gewollt / willt
mögen: mag magst mögen mögt mochte mochten möchte möchten möchtest gemocht möge / machte
werden: werde wirst wird werden werdet wurde wurden wurdest würde würden geworden worden / werdt
wissen: weiß weißt wissen wisst wusste wussten wüsste wüssten gewusst / wisste gewisst
haben: habe hab hast hat haben habt hatte hatten hätte hätten hättest gehabt habend / habst habte
sein: bin bist ist sind seid war waren warst wäre wären sei seien gewesen / seint seine
tun: tue tu tust tut tun tat taten täte getan tuend / tunt tunst
geben: gebe geb gibst gibt geben gebt gab gaben gäbe gäben gegeben gegebene gib / gebst
nehmen: nehme nehm nimmst nimmt nehmen nehmt nahm nahmen nähme genommen genommenen nimm / nehmst genehmt
lassen: lasse lass lässt lassen lasst ließ ließen ließe gelassen / lassst lasste
halten: halte hältst hält halten haltet hielt hielten hielte gehalten / halt hältt haltst
schließen: schließe schließ schließt schließen schloss schlossen schlösse geschlossen geschlossene / schließst
ziehen: ziehe zieh ziehst zieht zog zogen zöge gezogen / ziehte
bieten: biete biet bietest bietet bot boten böte geboten / bietst bietete
verlieren: verliere verlierst verliert verlor verloren verlöre verlorene / geverlor geverloren verlierte
vergessen: vergesse vergess vergisst vergesst vergaß vergaßen vergäße vergiss vergessene / gevergessen vergesste
empfehlen: empfehle empfiehlst empfiehlt empfahl empfohlen empfähle empfiehl / empfehlte geempfohlen empfehlst
treffen: treffe treff triffst trifft traf trafen träfe getroffen triff / treffst treffte
rufen: rufe ruf rufst ruft rief riefen riefe gerufen / rufte
heißen: heiße heißt heißen hieß hießen geheißen / heißst heißte
erhalten: erhalte erhältst erhält erhalten erhaltet erhielt erhielten erhaltene / erhalt geerhalten ergehalten
bekommen: bekomme bekommst bekommt bekam bekamen bekäme bekommen bekommene / gebekommen begekommen
unterschreiben: unterschreibe unterschreibt unterschrieb unterschriebene / unterzuschreiben untergeschrieben
wiederholen: wiederhole wiederholt wiederholte wiederholten / wiedergeholt wiederzuholen gewiederholt
übersetzen: übersetze übersetzt übersetzte übersetzten / übergesetzt überzusetzen geübersetzt
bitten: bitte bittest bittet bitten bat baten bäte gebeten / bittst
arbeiten: arbeite arbeitest arbeitet arbeitete arbeiteten gearbeitet / arbeit arbeitst arbeitt
meinen: meine meinst meint meinen meinte meinten gemeint / mein
sammeln: sammle sammele sammelst sammelt sammeln sammelte gesammelt sammelnd sammelnde / sammelen
ändern: ändere ändre ändert ändern änderte geändert geänderten ändernd änder / änderen
liefern: liefere liefert lieferte liefern geliefert gelieferten liefernde / lieferen
erinnern: erinnere erinnert erinnerte erinnern erinner / geerinnert
verwechseln: verwechsle verwechselt verwechselte verwechseln / geverwechselt
reisen: reise reist reisen reiste gereist / reisest
setzen: setze setzt setzte gesetzt setz / setzst
wünschen: wünsche wünschst wünscht wünschte gewünscht
öffnen: öffne öffnest öffnet öffnete geöffnet / öffn öffnt
rechnen: rechne rechnest rechnet rechnete gerechnet / rechn rechnt
lernen: lerne lernst lernt lernte gelernt / lernet
wohnen: wohne wohnst wohnt wohnte gewohnt / wohnet
warten: warte wart wartest wartet wartete gewartet / wartst
reden: rede redest redet redete geredet / redst
stornieren: storniere storniert stornierte stornierten / gestorniert
reklamieren: reklamiere reklamiert reklamierte reklamierten / gereklamiert
frieren: friere friert fror gefroren / frierte
schmieren: schmiert geschmiert schmierte / schmor
erstatten: erstatte erstattest erstattet erstattete erstatteten erstattetem / geerstattet erstattst
melden: melde meld meldest meldet meldete gemeldet / meldst
bestätigen: bestätige bestätigt bestätigte bestätigten bestätigtes / gebestätigt
überprüfen: überprüfe überprüft überprüfte überprüften / überzuprüfen übergeprüft
bearbeiten: bearbeite bearbeitet bearbeitete bearbeiteten / gebearbeitet bearbeitst
entschuldigen: entschuldige entschuldigt entschuldigte entschuldigen entschuldig / geentschuldigt
bedauern: bedauere bedaure bedauert bedauerte bedauern bedauernd / gebedauert bedaueren
schicken: schicke schick schickst schickt schickte geschickt geschickte / schickete
fragen: frage frag fragst fragt fragte gefragt / frägt
antworten: antworte antwortest antwortet antwortete geantwortet / antwort angewortet
danken: danke dankst dankt dankte gedankt / dank
kaufen: kaufe kaufst kauft kaufte gekauft / kauf käuft
laden: lade lädst lädt laden ladet lud luden geladen / lädtst
fahren: fahre fährst fährt fahren fuhr fuhren gefahren / führe führen fahrte
tragen: trage trägst trägt trug trugen trüge getragen
lesen: lese les liest lesen las lasen läse gelesen lies / liesst lesst
sehen: sehe seh siehst sieht sah sahen sähe gesehen sieh siehe / sehst
essen: esse isst essen aß aßen gegessen iss / geessen
treten: trete trittst tritt trat traten getreten / tretst
raten: rate rätst rät raten riet rieten geraten / rätt
gelten: gelte giltst gilt gelten galt gälte gegolten / geltst
werfen: werfe wirfst wirft warf würfe geworfen wirf / werfst
helfen: helfe helf hilfst hilft half hülfe geholfen hilf / helfst
sprechen: spreche sprich spricht sprichst sprach spräche gesprochen / sprechst
versprechen: verspreche verspricht versprach versprochen versprich / geversprochen verprochen
entsprechen: entspricht entsprach entsprochen entspräche / geentsprochen
bringen: bringe bring bringst bringt brachte brachten brächte gebracht / brang gebringt
denken: denke denk denkst dachte dachten dächte gedacht / denkte
kennen: kenne kenn kennst kannte kannten gekannt
nennen: nenne nennt nannte genannt genannten / nennte
brennen: brennt brannte gebrannt / brennte
senden: sende send sendest sendet sandte sendete gesandt gesendet / sendt
wenden: wende wend wendest wendet wandte wendete gewandt gewendet / wendt
verwenden: verwende verwendet verwendete verwendet verwandt / geverwendet
brauchen: brauche brauch brauchst braucht brauchte bräuchte bräuchten gebraucht / bräuche
gehen: gehe geh gehst geht ging gingen ginge gegangen / gehte
stehen: stehe steh stehst steht stand standen stünde gestanden / stehte
verstehen: verstehe versteh versteht verstand verstanden verstünde / geverstanden
missverstehen: missversteht missverstand missverstanden / missgeverstanden
kommen: komme komm kommst kommt kam kamen käme gekommen / kömmt kommte
finden: finde find findest findet fand fanden fände gefunden / findst
liegen: liege liegt lag lagen läge gelegen / liegte
sitzen: sitze sitzt saß säße gesessen / sitzst
beginnen: beginne beginnt begann begonnen / gebegonnen beginn
gewinnen: gewinne gewinnt gewann gewonnen / gewinn gegewonnen
gefallen: gefalle gefällt gefiel gefallen gefiele / gegefallen
gehören: gehöre gehört gehörte / gegehört gehör
entscheiden: entscheide entscheidet entschied entschieden / entscheid entscheidete
vermeiden: vermeide vermeidet vermied vermieden / vermeidete
verzeihen: verzeihe verzeih verzieh verziehen / verzeihte
überweisen: überweise überweis überweist überwies überwiesen überwiesene / überweiste überzuweisen
übernehmen: übernehme übernimmt übernahm übernommen / übergenommen überzunehmen
unterstützen: unterstütze unterstützt unterstützte / untergestützt
widerrufen: widerrufe widerruft widerrief widerrufen widerrufene / widerruf widergerufen
veranlassen: veranlasse veranlasst veranlasste / veranließ veranlässt geveranlasst
beantragen: beantrage beantragt beantragte / beantrug beangetragen
begleiten: begleite begleitet begleitete / beglitt
bereiten: bereite bereitet bereitete / beritt bereit
handhaben: handhabe handhabt handhabte gehandhabt / handhatte
frühstücken: frühstücke frühstückt gefrühstückt / frühgestückt
beugen: beugt beugte gebeugt
beten: betet betete gebetet
schaffen: schafft schaffte geschafft schuf geschaffen / schäfft
hängen: hängt hing hängte gehangen gehängt
bewegen: bewegt bewegte bewog bewogen / gebewegt
backen: bäckt backt backte gebacken
erschrecken: erschrickt erschrak erschrocken erschreckt erschreckte
recyceln: recycle recycelt recycelte / gerecycelt
downloaden: downloadet gedownloadet downgeloadet
möchten: möchte möchtest möchten möchtet
prokeln: prokle prokelt prokelte geprokelt
verprokeln: verprokelt verprokelte / geverprokelt
"""

SEPARABLE_JOINED = """
zurück|nehmen: zurücknehmen zurückzunehmen zurückgenommen zurücknimmt zurücknahm zurücknähme / nimmt zurückgenehmt
ab|lehnen: ablehnen abzulehnen abgelehnt abgelehnten ablehnt ablehne ablehnte ablehnend / lehnt geablehnt ablehn
an|bieten: anbieten anzubieten angeboten anbietet anbot anböte angebotenen / angebot bietet geanbietet
statt|geben: stattgeben stattzugeben stattgegeben stattgibt stattgab stattgegebene / gibt gestattgeben
nach|kommen: nachkommen nachzukommen nachgekommen nachkommt nachkam nachkäme / kommt
um|tauschen: umtauschen umzutauschen umgetauscht umgetauschte umtauscht umtauschte / umtausch tauscht
zu|sagen: zusagen zuzusagen zugesagt zugesagte zusagt zusagte / sagt
weiter|leiten: weiterleiten weiterzuleiten weitergeleitet weiterleitet weiterleitete / leitet weiterleitt
gut|schreiben: gutschreiben gutzuschreiben gutgeschrieben gutschreibt gutschrieb gutgeschriebenen / schreibt
zurück|zahlen: zurückzahlen zurückzuzahlen zurückgezahlt zurückzahlt zurückzahlte / zahlt
entgegen|nehmen: entgegennehmen entgegenzunehmen entgegengenommen entgegennimmt entgegennahm / nimmt
bei|legen: beilegen beizulegen beigelegt beilegt beilegte beigelegten / legt
durch|führen: durchführen durchzuführen durchgeführt durchführt durchführe durchführte durchgeführten / führt
vor|bereiten: vorbereiten vorzubereiten vorbereitet vorbereitete / vorgebereitet
an|erkennen: anerkennen anzuerkennen anerkannt anerkennt anerkannte / angeerkannt
aus|probieren: ausprobieren auszuprobieren ausprobiert ausprobierte / ausgeprobiert
leid|tun: leidtun leidzutun leidgetan leidtut leidtat
statt|haben: statthaben stattgehabt statthat
über|setzen: übersetzen überzusetzen übergesetzt übersetzt
unter|prokeln: unterprokelt unterzuprokeln untergeprokelt
ab|wickeln: abwickeln abzuwickeln abgewickelt abwickle abwickelt
"""

SEPARABLE_FINITE = """
durch|führen: führe führst führt führen führte führten führ / durchführen geführt
zurück|nehmen: nehme nehm nimmst nimmt nehmen nehmt nahm nahmen nähme nimm / genommen zunehmen
ab|lehnen: lehne lehnst lehnt lehnen lehnte lehn / gelehnt
an|bieten: biete biet bietet bot boten böte / geboten
statt|geben: gebe geb gibt gab gäbe gib / gegeben
nach|kommen: komme komm kommt kam käme / gekommen
um|tauschen: tausche tauscht tauschte tausch / getauscht
zu|sagen: sage sag sagt sagte / gesagt
weiter|leiten: leite leitest leitet leitete leit / geleitet
gut|schreiben: schreibe schreib schreibt schrieb / geschrieben
zurück|zahlen: zahle zahl zahlt zahlte / gezahlt
entgegen|nehmen: nehme nimmt nahm / genommen
bei|legen: lege leg legt legte / gelegt
an|rufen: rufe ruf ruft rief / gerufen anruf
vor|bereiten: bereite bereitet bereitete / reite
an|erkennen: erkenne erkennt erkannte / kennt
fest|halten: halte halt hält hielt
ein|fallen: falle fällt fiel fielen
"""

UNBARRED = """
ablehnen: ablehnt abgelehnt abzulehnen / lehnt
zurückschicken: zurückgeschickt zurückzuschicken zurückschickt / schickt
anfragen: angefragt anzufragen anfragt / geanfragt
teilnehmen: teilgenommen teilzunehmen teilnimmt / geteilnehmt
unterbringen: untergebracht unterzubringen unterbringt
widerspiegeln: widergespiegelt widerspiegelt
vorbereiten: vorbereitet vorzubereiten / vorgebereitet
übereinstimmen: übereingestimmt übereinzustimmen übereinstimmt
bekanntgeben: bekanntgegeben bekanntzugeben bekanntgibt
umgeben: umgibt umgab / umgegeben
umtauschen: umgetauscht umtauscht / umtausch
abprokeln: abgeprokelt abprokelt abzuprokeln
"""

NOUNS = """
Rechnung: rechnung rechnungen / rechnungs rechnunge
Fall: fall falls falles fälle fällen / fallen
Schadensfall: schadensfall schadensfalls schadensfälle schadensfällen / schadensfallen
Kunde: kunde kunden / kundes
Kundin: kundin kundinnen
Kollege: kollege kollegen
Herr: herr herrn herren / herrs
Name: name namen namens / names
Herz: herz herzen herzens
Konto: konto kontos konten
Kundenkonto: kundenkonto kundenkontos kundenkonten
Passwort: passwort passworts passwörter passwörtern
Wort: wort worte wörter worten wörtern
Antwort: antwort antworten / antwörter antworte
Kosten: kosten / kostens
Versandkosten: versandkosten
Daten: daten
Ergebnis: ergebnis ergebnisses ergebnisse ergebnissen
Mangel: mangel mangels mängel mängeln
Vertrag: vertrag vertrags vertrages verträge verträgen
Betrag: betrag betrags beträge beträgen
Gutschein: gutschein gutscheins gutscheine gutscheinen
Schreiben: schreiben schreibens
Mitarbeiter: mitarbeiter mitarbeiters mitarbeitern
Bestellnummer: bestellnummer bestellnummern / bestellnummers
Angestellte: angestellte angestellten angestellter
Firma: firma firmen
Adresse: adresse adressen
Möglichkeit: möglichkeit möglichkeiten
Umtausch: umtausch umtauschs umtausches / umtauschen
Haus: haus hauses häuser häusern
Student: student studenten
Katalog: katalog katalogs kataloge katalogen
"""

ADJECTIVES = """
falsch: falsch falsche falschen falscher falsches falschem falschere falscheren falscheste falschesten falschste
gut: gut gute guten besser bessere besten beste / gutste
groß: groß große größer größere größte größten
hoch: hoch hohe hohen höher höhere höchste / hoche
teuer: teuer teure teuren teurer teurere teuerste / teuerre
dunkel: dunkel dunkle dunklen dunkler dunkelste
sicher: sicher sichere sicheren sicherer sicherste / sicherre
müde: müde müden müder müdes / müdee
offen: offen offene offenen offener offenes / offt geofft
zufrieden: zufrieden zufriedene zufriedener zufriedenste / gezufriedet
selten: selten seltene seltener seltenste / geseltet
abgeschlossen: abgeschlossen abgeschlossene abgeschlossenen / abgeschlosst
ausgefallen: ausgefallen ausgefallene ausgefallenen / ausgefällt ausfällt
beschädigt: beschädigt beschädigte beschädigten
kein: kein keine keinen keinem keiner keines / keinste keinere
unser: unser unsere unseren unsrem unserer / unserste
eilig: eilig eilige eiligen eiliger eiligste
nah: nah nahe näher nähere nächste nächsten
viel: viel viele vielen mehr meisten
enttäuscht: enttäuscht enttäuschte enttäuschten
"""


def rows(table: str) -> list[tuple[str, list[str], list[str]]]:
    """Lemma, forms it must have, and forms it must not have, of each line."""
    found = []
    for line in table.strip().splitlines():
        lemma, _, rest = line.partition(":")
        must, _, must_not = rest.partition("/")
        found.append((lemma, must.split(), must_not.split()))
    return found


def check(lemma: str, got: frozenset[str], must: list[str], must_not: list[str]) -> None:
    assert not {fold(word) for word in must} - got, lemma
    assert not {fold(word) for word in must_not} & got, lemma
    assert all(form == fold(form) and form for form in got)


@pytest.mark.parametrize(("lemma", "must", "must_not"), rows(VERBS))
def test_verbs(lemma: str, must: list[str], must_not: list[str]) -> None:
    check(lemma, forms(lemma), [lemma, *must], must_not)


@pytest.mark.parametrize(("lemma", "must", "must_not"), rows(SEPARABLE_JOINED))
def test_separable_joined(lemma: str, must: list[str], must_not: list[str]) -> None:
    check(lemma, forms(lemma), must, must_not)
    assert separable(lemma).joined == forms(lemma)
    assert separable(lemma).particle == fold(lemma.partition("|")[0])


@pytest.mark.parametrize(("lemma", "must", "must_not"), rows(SEPARABLE_FINITE))
def test_separable_finite(lemma: str, must: list[str], must_not: list[str]) -> None:
    check(lemma, separable(lemma).finite, must, must_not)


@pytest.mark.parametrize(("lemma", "must", "must_not"), rows(UNBARRED))
def test_separable_verbs_without_a_bar(lemma: str, must: list[str], must_not: list[str]) -> None:
    check(lemma, forms(lemma), [lemma, *must], must_not)


@pytest.mark.parametrize(("lemma", "must", "must_not"), rows(NOUNS))
def test_nouns(lemma: str, must: list[str], must_not: list[str]) -> None:
    check(lemma, forms(lemma), must, must_not)


@pytest.mark.parametrize(("lemma", "must", "must_not"), rows(ADJECTIVES))
def test_adjectives(lemma: str, must: list[str], must_not: list[str]) -> None:
    check(lemma, forms(lemma), must, must_not)


def test_separable_finds_the_bar() -> None:
    assert separable("ablehnen") == separable("ab|lehnen")
    assert separable("zurücknehmen").particle == "zurueck"
    for lemma in ("lehnen", "bestellen", "überweisen", "wiederholen"):
        with pytest.raises(ValueError, match=r"durch\|führen"):
            separable(lemma)
    for lemma in ("|lehnen", "ab|"):
        with pytest.raises(ValueError, match="beside the bar"):
            forms(lemma)


def test_separable_is_a_frozen_value() -> None:
    verb = separable("ab|lehnen")
    with pytest.raises(FrozenInstanceError):
        verb.particle = "an"  # type: ignore[misc]


def test_a_lemma_in_any_spelling() -> None:
    assert forms("können") == forms("koennen") == forms("ko\u0308nnen")
    assert forms("schließen") == forms("schliessen")
    assert forms("Fälligkeit") == forms("Faelligkeit")
    assert forms("zurück|geben") == forms("zurueck|geben")


@pytest.mark.parametrize("lemma", ["", "x", "en", "n", "an", "ern", "eln", "be", "ge", "X", "N", "E", "zu|n", "ü", "ß"])
def test_odd_lemmas_do_no_harm(lemma: str) -> None:
    assert isinstance(forms(lemma), frozenset)


def test_every_listed_verb_conjugates() -> None:
    verbs = inflection._known_verbs()
    assert len(verbs) > 1500
    for verb in verbs:
        got = forms(verb.infinitive)
        assert verb.infinitive in got
        assert len(got) > 4 or verb.infinitive == "wuerden"


def test_only_these_take_ge_before_what_looks_like_a_prefix() -> None:
    found = {
        verb.infinitive
        for verb in inflection._known_verbs()
        for prefix in ("be", "er", "ver", "zer", "ent", "emp", "miss", "voll")
        if verb.infinitive.startswith(prefix) and any(form.startswith("ge" + prefix) for form in verb.participles)
    }
    assert found == set(
        words("beichten beizen bellen bessern beten betteln beugen beulen erben erden ernten missen zerren")
    )


FINITE = """
bin ist sind war wäre sei habe hab hat hatten hätte werde wird wurde würden kann könnt könnte konnten muss müsste
darf dürfte soll sollte will wollten mag möchte möchten weiß wusste tut führt führe führten durchführt durchführe
ablehnt lehnt melde meld meldet schickt schick erstatten erstattet überweist überwies unterschreibt bekommt bekam
vergisst vergiss gib nimm hilf schreib frag bestell versteh bittet bitte danke prüfe prüfen storniert zurückschicken
zurückgibt kommt ging steht gilt liegt lag läuft bleibt klappt passt geht funktioniert freut bedaure benötigen
bieten anbieten entspricht verspreche wiederholt übernimmt überarbeitet missversteht vertut gefällt
"""
NOT_FINITE = """
und oder nicht wir ich sie der die das ein eine einige keine kein mein meine gern gerne leider schon fast weil mal
halt eben weit weiter weitere besser bessere gut gute beste besten lieb liebe sehr geehrte lang lange gleich gleiche
fertig sicher nötig wichtig paket rechnung betrag vertrag antwort dank mail post beleg verkauf erfolg ersatz
bescheid kunde kunden daten heute morgen wenn falls dass sonst damit bald erst letzte nächste sondern oft statt
recht bereit bekannt doppelt leer rund wert offen angebot aufgabe abgelehnt gegeben geliefert zurückgeschickt
abzulehnen vollkommen verschieden
"""
PARTICIPLES = """
gegeben genommen getan gewesen gehabt geworden worden gekonnt gewusst geliefert gemeldet gesendet gesandt geschickt
abgelehnt zurückgeschickt zurückgenommen gutgeschrieben stattgegeben entgegengenommen weitergeleitet beigelegt
umgetauscht zugesagt angeboten bestellt bestätigt bezahlt verkauft vergessen verloren verstanden versprochen
erhalten erstattet ersetzt entschuldigt entschieden entstanden zerstört zerbrochen storniert informiert reklamiert
ausprobiert vorbereitet anerkannt überprüft überwiesen unterschrieben wiederholt widerrufen missverstanden
enttäuscht empfohlen gefallen geraten gelungen geschehen passiert bekommen übernommen angekommen ausgefallen
heruntergefallen untergebracht übergelaufen gepingt gegoogelt pasteurisiert weggepingt verbeult verschimmelt
durchgeführt durchsucht umgezogen umgeben freigeschaltet schiefgelaufen berücksichtigt beeinträchtigt
wiederhergestellt eingeschränkt zugemutet geäußert
"""
NOT_PARTICIPLES = """
recht bereit gesicht angebot geschäft leicht gut nicht monat gericht gebiet gerät gewicht gehalt gestalt gewalt
gesamt geburt geduld gedicht gerecht gescheit angesicht gegenwart gesundheit gelegenheit angelegenheit gesellschaft
gewissenhaft gegen gern gestern geben gehen gelten bericht vorsicht absicht nachricht übersicht unterschrift
unterkunft zukunft auskunft ankunft antwort entwurf verlust vernunft beitrag vertrag bekannt berühmt beliebt bewusst
verschieden welt wert jetzt zuletzt überhaupt erst fast sonst selbst anstatt insgesamt bislang liefern ablehnen
führt lehnt kommt gehörst geschieht gewinnt geringst genauest gemeinst konzert expert viert friert verkehrswert
herunterladen gebühren getränken gedanken geschichten besten ersten verlegen überlegen zufrieden offen selten kosten
garten morgen gefällt entfällt verfällt
"""
INFINITIVES = """
sein haben werden können tun geben nehmen sammeln ändern liefern erstatten bestätigen überweisen unterschreiben
wiederholen ablehnen zurücknehmen durchführen anerkennen vorbereiten gutschreiben entgegennehmen missverstehen
abzulehnen zurückzunehmen anzuerkennen vorzubereiten durchzuführen beizulegen gutzuschreiben zuzusagen abzuwickeln
leidzutun fragen kosten verkaufen vergessen erhalten bekommen gefallen übernehmen unterbringen unterzubringen
widerrufen eingestehen zufriedenstellen bereitzustellen teilzunehmen zugehen wiederherstellen wiederherzustellen
einschränken gedulden
"""
NOT_INFINITIVES = """
daten kunden rechnungen sachen namen wochen tagen zeiten personen ansichten aussichten einigen anderen besten ersten
letzten guten neuen ihren unseren abgelehnten gelieferten gegeben genommen angekommen ausgefallen heruntergefallen
gegen wegen neben zwischen morgen gestern gern sondern sieben gewissen zufrieden selten offen fehlenden fehlerhaften
führt gab zusammen auszügen anzügen zuletzt
"""


def words(text: str) -> list[str]:
    return [fold(word) for word in text.split()]


@pytest.mark.parametrize("word", words(FINITE))
def test_finite(word: str) -> None:
    assert is_finite(word)


@pytest.mark.parametrize("word", words(NOT_FINITE))
def test_not_finite(word: str) -> None:
    assert not is_finite(word)


@pytest.mark.parametrize("word", words(PARTICIPLES))
def test_participle(word: str) -> None:
    assert is_participle(word)


@pytest.mark.parametrize("word", words(NOT_PARTICIPLES))
def test_not_participle(word: str) -> None:
    assert not is_participle(word)


@pytest.mark.parametrize("word", words(INFINITIVES))
def test_infinitive(word: str) -> None:
    assert is_infinitive(word)


@pytest.mark.parametrize("word", words(NOT_INFINITIVES))
def test_not_infinitive(word: str) -> None:
    assert not is_infinitive(word)


@pytest.mark.parametrize("word", ["", "n", "t", "en", "ge", "get", "geet", "iert", "be", "zu", "zun", "abzun", "ueber"])
def test_scraps_are_nothing(word: str) -> None:
    assert not is_finite(word)
    assert not is_participle(word)
    assert not is_infinitive(word)


def test_words_agree_with_forms() -> None:
    """What forms() makes of separable verbs is recognised again."""
    for lemma, must, _ in rows(SEPARABLE_JOINED):
        if "prokel" in lemma:
            continue
        particle, _, base = fold(lemma).partition("|")
        assert is_infinitive(particle + base)
        assert is_infinitive(particle + "zu" + base)
        assert any(is_participle(fold(word)) for word in must)
        for form in separable(lemma).finite - {"bereit", "tausch", "wickel", "zahl"}:
            assert is_finite(form), form


def test_import_reads_nothing() -> None:
    code = (
        "import replylint.german.inflection as i;"
        "assert not i._tables.cache_info().currsize and not i._nouns.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
