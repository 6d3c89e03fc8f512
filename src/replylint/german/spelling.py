"""Spellings that mean another word: dropped umlauts, chat cuts, frequent typos, mapped to the folded standard form.

Whole words only, and only those that are no words of their own: schon/schön, hatte/hätte, wurde/würde, drucken/drücken
stay apart. Both sides are folded (ä = ae, ß = ss), without hyphens and apostrophes.
"""

from __future__ import annotations

_TABLE = """
fuer: fur
ueber: uber
koennen: konnen

muessen: mussen mussn muesen

moeglich: moglich moeglcih moegich moeglih
zurueck: zuruck zurueckk
geraet: gerat
gruesse: grusse gruse gruesze gruese
gruessen: gruseen gruesen
verfuegung: verfugung verfuegug verfuengung
rueckfragen: ruckfragen
rueckmeldung: ruckmeldung
rueckerstattung: ruckerstattung rueckerstatung rueckerstattug
unterstuetzung: unterstutzung
bestaetigen: bestatigen
verzoegerung: verzogerung
selbstverstaendlich: selbstverstandlich
verstaendnis: verstandnis verstaendniss verstandniss verstaendins
spaetestens: spatestens
naechste: nachste
naechsten: nachsten
nicht: nich nciht nihct nict nixht ned noed nedd
nichts: nix nichs nischt
keine: keien

garnicht: garnich
habe: hab
leider: laider
eigentlich: eigendlich eigntlich eigentlch
vielleicht: vieleicht villeicht vllt vlt vielleich
wahrscheinlich: warscheinlich wahrscheinlch
voraussichtlich: vorraussichtlich vorausichtlich
eventuell: eventuel evtl evntl
gegebenenfalls: ggf ggfs
moeglicherweise: moeglicherweisse
entschuldigung: endschuldigung enschuldigung entschuldigun entschuldiung tschuldigung schuldigung
entschuldigen: endschuldigen enschuldigen
entschuldige: tschuldige
unannehmlichkeiten: unanehmlichkeiten unannemlichkeiten unnannehmlichkeiten unanemlichkeiten unannehmlichkeitn
beschwerde: beschwehrde beschwerd
reklamation: reklemation reklammation
reparatur: reperatur
rechnung: rechung rechnug
paket: packet
adresse: addresse
garantie: garanti
stornierung: stonierung
enttaeuscht: entaeuscht endtaeuscht enteuscht
kaputt: kaput kapput
zustaendig: zustaending zustaendg
erstatten: erstaten
ablehnen: ablenen
umgehend: umgehnd
schnellstmoeglich: schnellstmoeglichst schnellsmoeglich schnelstmoeglich
zoegern: zogern
kontaktieren: kontaktiern
bezueglich: bezgl bzgl bezuegl bezuglich
diesbezueglich: diesbzgl diesbezuglich
hinsichtlich: hinsichtlig hinsichlich
hiermit: hirmit
zwecks: zweks
seitens: seitends
verantwortlich: verantwortlch
definitiv: deffinitiv definitif
aufjedenfall: aufjedenfal
geehrte: geerte gehrte
geehrter: geerter gehrter
unverschaemt: unverschaehmt
vergessen: vergesen
versaeumt: versauemt
behaupten: behauptten
sorry: sory sry
danke: dancke

voraus: vorraus
naemlich: nehmlich naehmlich
termin: termien
anwalt: anwald anwallt
rechtsanwalt: rechtsanwald rechtsanwallt
polizei: polizai
bitte: bite
irgendwie: irgenwie
tut: tud
"""

CANONICAL: dict[str, str] = {
    variant: target
    for target, _, variants in (line.partition(":") for line in _TABLE.strip().splitlines())
    for variant in variants.split()
}
