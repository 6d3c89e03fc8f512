"""A tiny German pipeline, trained in seconds on sentences made for it: enough to tell nouns from verbs in these tests,
and built, saved and loaded like those that people install."""

from __future__ import annotations

import random
import warnings
from pathlib import Path

# Each word as word/POS/lemma, with its features after a further slash where it has any.
SENTENCES = """
wir/PRON/wir senden/VERB/senden Ihnen/PRON/Sie die/DET/der Rechnung/NOUN/Rechnung/Number=Sing ./PUNCT/.
wir/PRON/wir prüfen/VERB/prüfen die/DET/der Lieferung/NOUN/Lieferung/Number=Sing ./PUNCT/.
die/DET/der Prüfung/NOUN/Prüfung/Number=Sing der/DET/der Rechnung/NOUN/Rechnung/Number=Sing dauert/VERB/dauern ./PUNCT/.
die/DET/der Durchführung/NOUN/Durchführung/Number=Sing der/DET/der Lieferung/NOUN/Lieferung/Number=Sing erfolgt/VERB/erfolgen ./PUNCT/.
die/DET/der Bearbeitung/NOUN/Bearbeitung/Number=Sing erfolgt/VERB/erfolgen morgen/ADV/morgen ./PUNCT/.
eine/DET/ein Erstattung/NOUN/Erstattung/Number=Sing der/DET/der Kosten/NOUN/Kosten/Number=Plur erfolgt/VERB/erfolgen ./PUNCT/.
das/DET/der Paket/NOUN/Paket/Number=Sing kommt/VERB/kommen morgen/ADV/morgen ./PUNCT/.
das/DET/der Gerät/NOUN/Gerät/Number=Sing ist/AUX/sein defekt/ADJ/defekt ./PUNCT/.
Sie/PRON/Sie erhalten/VERB/erhalten die/DET/der Erstattung/NOUN/Erstattung/Number=Sing morgen/ADV/morgen ./PUNCT/.
Sie/PRON/Sie können/AUX/können den/DET/der Vertrag/NOUN/Vertrag/Number=Sing kündigen/VERB/kündigen ./PUNCT/.
wir/PRON/wir haben/AUX/haben Ihre/DET/Ihr Bestellung/NOUN/Bestellung/Number=Sing gestern/ADV/gestern verschickt/VERB/verschicken ./PUNCT/.
wir/PRON/wir haben/AUX/haben den/DET/der Vertrag/NOUN/Vertrag/Number=Sing gekündigt/VERB/kündigen ./PUNCT/.
ich/PRON/ich frage/VERB/fragen die/DET/der Kollegin/NOUN/Kollegin/Number=Sing ./PUNCT/.
die/DET/der Frage/NOUN/Frage/Number=Sing ist/AUX/sein gut/ADJ/gut ./PUNCT/.
Ihre/DET/Ihr Frage/NOUN/Frage/Number=Sing haben/AUX/haben wir/PRON/wir geprüft/VERB/prüfen ./PUNCT/.
eine/DET/ein schnelle/ADJ/schnell Lieferung/NOUN/Lieferung/Number=Sing ist/AUX/sein wichtig/ADJ/wichtig ./PUNCT/.
die/DET/der neuen/ADJ/neu Geräte/NOUN/Gerät/Number=Plur kommen/VERB/kommen heute/ADV/heute ./PUNCT/.
ich/PRON/ich schicke/VERB/schicken Frau/NOUN/Frau/Number=Sing Kern/PROPN/Kern die/DET/der Rechnung/NOUN/Rechnung/Number=Sing ./PUNCT/.
Frau/NOUN/Frau/Number=Sing Kern/PROPN/Kern hat/AUX/haben das/DET/der Paket/NOUN/Paket/Number=Sing erhalten/VERB/erhalten ./PUNCT/.
Herr/NOUN/Herr/Number=Sing Berg/PROPN/Berg prüft/VERB/prüfen die/DET/der Frage/NOUN/Frage/Number=Sing ./PUNCT/.
die/DET/der Kosten/NOUN/Kosten/Number=Plur sind/AUX/sein hoch/ADJ/hoch ./PUNCT/.
die/DET/der Pakete/NOUN/Paket/Number=Plur kommen/VERB/kommen morgen/ADV/morgen ./PUNCT/.
die/DET/der Verträge/NOUN/Vertrag/Number=Plur liegen/VERB/liegen bei/ADP/bei uns/PRON/wir ./PUNCT/.
bitte/ADV/bitte senden/VERB/senden Sie/PRON/Sie uns/PRON/wir die/DET/der Rechnung/NOUN/Rechnung/Number=Sing ./PUNCT/.
"""
_WIDTH = 32
_FEATURES = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": _WIDTH,
    "depth": 1,
    "embed_size": 500,
    "window_size": 1,
    "maxout_pieces": 2,
    "subword_features": True,
}
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": _WIDTH, "upstream": "tok2vec"}


def train(folder: Path) -> Path:
    """Train the pipeline and save it in a folder."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    from thinc.api import fix_random_seed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fix_random_seed(0)
        nlp = spacy.blank("de")
        nlp.add_pipe("tok2vec", config={"model": _FEATURES})
        nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}})
        nlp.add_pipe(
            "trainable_lemmatizer",
            config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}, "min_tree_freq": 1},
        )
        for parsing in ("ner", "parser"):
            model = (nlp.get_factory_meta(parsing).default_config or {})["model"]
            nlp.add_pipe(parsing, config={"model": {**model, "tok2vec": _LISTENER}})
        examples = []
        for line in SENTENCES.strip().splitlines():
            items = [word.split("/") for word in line.split()]
            spaces = [True] * (len(items) - 2) + [False, False]
            names = ["B-PER" if item[1] == "PROPN" else "O" for item in items]
            verb = next(at for at, item in enumerate(items) if item[1] in ("VERB", "AUX"))
            doc = Doc(
                nlp.vocab,
                words=[item[0] for item in items],
                spaces=spaces,
                pos=[item[1] for item in items],
                lemmas=[item[2] for item in items],
                morphs=[item[3] if len(item) > 3 else "" for item in items],
                ents=names,
                heads=[verb] * len(items),
                deps=["ROOT" if at == verb else "dep" for at in range(len(items))],
            )
            examples.append(Example(nlp.make_doc(doc.text), doc))
        optimizer = nlp.initialize(lambda: examples)
        shuffle = random.Random(0)
        optimizer.learn_rate = 0.01
        for _ in range(25):
            shuffle.shuffle(examples)
            for start in range(0, len(examples), 6):
                nlp.update(examples[start : start + 6], sgd=optimizer, drop=0.1)
        nlp.to_disk(folder)
    return folder
