# Names, texts and messages in other alphabets.
# solved: everything
# deserves: everything

# %% answer="add"
def addiere(größe, länge):
    """Σ — 合計 — сумма."""
    if größe.shape != länge.shape:
        raise ValueError("shapes: Größen passen nicht — 形状が違う 😀")
    return größe + länge


add = addiere
print("Ergebnis: π ≈ 3.14159 ✓ 日本語 🙂")

# %% written="why"
Weil wer mit dem Richter im selben Prozess sitzt, ihn ändern kann. 因为 🙂 <b>so</b> & "so"
