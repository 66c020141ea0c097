"""The items of two reporting checklists, in our own words, and which facts answer each.

COREQ: Tong A, Sainsbury P, Craig J (2007), Int J Qual Health Care 19(6): 349–357.
SRQR: O'Brien BC, Harris IB, Beckman TJ, Reed DA, Cook DA (2014), Acad Med 89(9): 1245–1251.
"""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """One item: where it belongs, what it is about, what it asks, and the name of the answer
    (see `checklist.ANSWERS`); without one only the authors know."""

    part: str
    topic: str
    asks: str
    answer: str = ""


_TEAM = "Research team and reflexivity"
_DESIGN = "Study design"
_FINDINGS = "Analysis and findings"

COREQ = (
    Item(_TEAM, "Interviewer or facilitator", "Who led the interviews or groups?", "interviewers"),
    Item(_TEAM, "Credentials", "Which qualifications do the researchers have?"),
    Item(_TEAM, "Occupation", "What was their work at the time of the study?"),
    Item(_TEAM, "Gender", "What is the gender of the researchers?"),
    Item(_TEAM, "Experience and training", "What prepared them for this kind of research?"),
    Item(_TEAM, "Earlier relationship", "Did they know the participants before the study began?"),
    Item(_TEAM, "What participants knew", "What had participants been told of the researcher?"),
    Item(_TEAM, "Interviewer's standpoint", "Which interests and assumptions are declared?"),
    Item(_DESIGN, "Methodological orientation", "On which approach does the study rest?"),
    Item(_DESIGN, "Sampling", "How were participants selected?"),
    Item(_DESIGN, "Approach", "How were they contacted?"),
    Item(_DESIGN, "Sample size", "How many took part?", "size"),
    Item(_DESIGN, "Non-participation", "How many declined or left, and why?", "withdrawn"),
    Item(_DESIGN, "Setting", "Where were the data collected?"),
    Item(_DESIGN, "Others present", "Was anybody else there?", "together"),
    Item(_DESIGN, "Description of the sample", "What characterises those who took part?", "sample"),
    Item(_DESIGN, "Interview guide", "Were questions given out, and tried beforehand?"),
    Item(_DESIGN, "Repeat interviews", "Was anybody interviewed again, and how often?", "repeated"),
    Item(_DESIGN, "Recording", "Was sound or video recorded?", "recorded"),
    Item(_DESIGN, "Field notes", "Were notes made during or after interviews?"),
    Item(_DESIGN, "Duration", "How long were the interviews?", "duration"),
    Item(_DESIGN, "Saturation", "Was it discussed whether further data bring more?", "saturation"),
    Item(_DESIGN, "Transcripts returned", "Could participants comment on their transcripts?"),
    Item(_FINDINGS, "Number of coders", "How many people coded?", "coders"),
    Item(_FINDINGS, "Coding tree", "Is the codebook described?", "codebook"),
    Item(_FINDINGS, "Where themes come from", "Set beforehand, or found in the data?", "origin"),
    Item(_FINDINGS, "Software", "Which software was used?", "software"),
    Item(_FINDINGS, "Participants' checking", "Did participants respond to the findings?"),
    Item(
        _FINDINGS, "Quotations", "Do quotes illustrate the themes, each with its source?", "quotes"
    ),
    Item(_FINDINGS, "Consistency", "Do data and findings fit each other?", "counts"),
    Item(_FINDINGS, "Major themes", "Are they clear in the findings?", "themes"),
    Item(_FINDINGS, "Minor themes", "Are different cases and lesser themes described?", "minor"),
)
"""The 32 items of COREQ, in order."""

_HEAD, _INTRODUCTION, _METHODS = "Title and abstract", "Introduction", "Methods"
_RESULTS, _DISCUSSION, _OTHER = "Results", "Discussion", "Other"

SRQR = (
    Item(_HEAD, "Title", "Does it name the subject and that the study is qualitative?"),
    Item(_HEAD, "Abstract", "Does it sum up background, purpose, methods, results, conclusions?"),
    Item(_INTRODUCTION, "Problem", "Which problem is studied, and why does it matter?"),
    Item(_INTRODUCTION, "Purpose or question", "What is to be found out?"),
    Item(_METHODS, "Approach and paradigm", "Which qualitative approach, and on what grounds?"),
    Item(_METHODS, "Researchers", "What of the researchers may have shaped the study?", "coders"),
    Item(_METHODS, "Context", "Where and in what circumstances was the study done?"),
    Item(_METHODS, "Sampling", "How and why were people chosen; when was it enough?", "saturation"),
    Item(_METHODS, "Ethics", "Which approval and consent; how are people protected?", "ethics"),
    Item(_METHODS, "Data collection", "Which data, how, and when were they collected?", "repeated"),
    Item(_METHODS, "Instruments", "Which guides and devices; did they change?", "recorded"),
    Item(_METHODS, "Units of study", "How many people and documents, and which?", "sample"),
    Item(
        _METHODS,
        "Data processing",
        "How were data prepared, kept, coded, anonymised?",
        "processing",
    ),
    Item(_METHODS, "Data analysis", "How, and by whom, were themes arrived at?", "analysis"),
    Item(_METHODS, "Trustworthiness", "What was done to make the analysis credible?", "trust"),
    Item(_RESULTS, "Synthesis and interpretation", "What are the main findings?", "themes"),
    Item(_RESULTS, "Links to the data", "Which quotes and other evidence bear them out?", "quotes"),
    Item(_DISCUSSION, "Relation to other work", "What is added, and how far does it carry?"),
    Item(_DISCUSSION, "Limitations", "How far may the findings be trusted?", "limits"),
    Item(_OTHER, "Conflicts of interest", "Which could there be, and how were they dealt with?"),
    Item(_OTHER, "Funding", "Who paid, and what was their part in the study?"),
)
"""The 21 items of SRQR, in order."""

CHECKLISTS = {
    "coreq": (COREQ, "COREQ (Tong, Sainsbury & Craig 2007)"),
    "srqr": (SRQR, "SRQR (O'Brien, Harris, Beckman, Reed & Cook 2014)"),
}
"""By name: the items, and whose they are."""
