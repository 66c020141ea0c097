"""One interview, fictional, that is read in every format and must come out the same."""

from __future__ import annotations

TITLE = "Interview 7: the garden behind the baths"
TURNS: list[tuple[str, str]] = [
    ("Interviewer", "How did the garden begin?"),
    (
        "Sioned Rhŵ",
        "With a skip. “Take what you like,” the man said, so we took the lot – pallets, a bath, "
        "half a shed. It was February and there was nobody about, only the two of us and a dog, "
        "and by four o’clock you could not see your own hands. I remember thinking: this is "
        "either the start of something or the daftest thing I have ever done, and I have done "
        "some daft things in my time, ask anybody on our street.",
    ),
    ("Interviewer", "And the council?"),
    (
        "Sioned Rhŵ",
        "Oh, the council.\nThey wrote: cease and desist. Two letters, £40 in stamps for us to "
        "answer them, and then a young woman came in a hi-vis jacket and had a cup of tea. That "
        "was the turning point, really. She went back and told them it was self-contained and "
        "well-run, which it was not, not yet.",
    ),
    ("Interviewer", "What changed after that?"),
    (
        "Sioned Rhŵ",
        "People. Mrs Achterberg from the flats, who had not been out since her fall; the Tuesday "
        "lads; a family from Aleppo who knew more about beans than the rest of us together. You "
        "would hear four languages over one barrow 🙂. My mood lifted, I will say that. I had "
        "been on tablets since the café closed and I came off them in the spring.",
    ),
    ("Interviewer", "Did it cost anything to get there, for the ones further out?"),
    (
        "Sioned Rhŵ",
        "The 14 stops at six. So anybody from the top end either walks home in the dark or they "
        "do not come, and mostly they do not come. We wrote to the bus company as well. Nothing. "
        "I would sooner have that bus than a new greenhouse, and I badly want the greenhouse.",
    ),
    ("Interviewer", "Would you say you have a say in things now?"),
    (
        "Sioned Rhŵ",
        "Some. Ask me again when the lease is signed. They do listen more than they did: we sit "
        "on the panel, three of us, and last month we voted down the car park. Voted it down! A "
        "year ago I would not have opened my mouth in a room like that.",
    ),
    ("Interviewer", "Is there anything I should have asked?"),
    ("Sioned Rhŵ", "Whether I would do it again. Yes."),
]
