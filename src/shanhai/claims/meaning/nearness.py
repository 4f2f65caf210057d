"""Nearness: how much each word around a figure says about it, by where it stands.

Right behind the figure or before it in its phrase a word says most; then come its clause, the clauses before,
the paragraph's lead, the sentence before, the heading. Longer words say more than short ones.
"""

from shanhai.claims.meaning.setting import Setting
from shanhai.claims.meaning.words import Hits, Telling

AT_AFTER = 1.15
AT_BEFORE = 1.0
PER_CHARACTER = 0.03
CLAUSE_LEAST = 0.45
EARLIER = (0.0, 0.6, 0.45, 0.35, 0.25)
"""By how many clause signs stand between; from the last on it stays the same."""
LATER_IN_CLAUSE = 0.55
LATER = 0.3
INSIDE_ANOTHER = 0.8
LEAD = 0.3
COLUMN = 1.2
SENTENCE_BEFORE = 0.22
HEADING = 0.3


class Nearness:
    """Weighs the words around the figures of one report, in text order.

    Args:
        hits: the catalogue's words in the report.
        weight: what each word says by its length, by number.
    """

    def __init__(self, hits: Hits, weight: tuple[float, ...]) -> None:
        self.hits = hits
        self.weight = weight
        self._place = (-1, -1, -1, -1)
        self._around: dict[int, float] = {}

    def of(self, setting: Setting, telling: Telling) -> dict[int, float]:
        """Each word near the figure, of those that are ``telling``, with the weight of its best place."""
        place = (setting.lead_start, setting.before_start, setting.sentence_start, setting.heading_start)
        if place != self._place:
            self._place, self._around = place, self._outside(setting)
        near = {word: says for word, says in self._around.items() if telling[word]}
        weight, found, inner = self.weight, self.hits.found, self.hits.inner
        for i in self.hits.within(setting.sentence_start, setting.sentence_end):
            word = found[i][0]
            if not telling[word]:
                continue
            says = self._in_sentence(setting, i) * weight[word]
            if inner[i]:
                says *= INSIDE_ANOTHER
            if says > near.get(word, 0.0):
                near[word] = says
        return near

    def _in_sentence(self, setting: Setting, i: int) -> float:
        """What a word of the figure's own sentence says by its place."""
        _, start, end = self.hits.found[i]
        if start >= setting.end:
            if start >= setting.phrase_end:
                return LATER_IN_CLAUSE if start < setting.clause_end else LATER
            says = AT_AFTER - PER_CHARACTER * (start - setting.end)
        elif end > setting.start:
            return CLAUSE_LEAST
        else:
            between = setting.rank - self.hits.ranks[i]
            if between:
                return EARLIER[between] if between < len(EARLIER) else EARLIER[-1]
            says = AT_BEFORE - PER_CHARACTER * (setting.start - end)
        return says if says > CLAUSE_LEAST else CLAUSE_LEAST

    def _outside(self, setting: Setting) -> dict[int, float]:
        """What the words of lead, heading and the sentence before say; the same for all figures of a sentence."""
        around: dict[int, float] = {}
        weight, found = self.weight, self.hits.found
        for says, begin, stop in (
            (COLUMN if setting.in_table else LEAD, setting.lead_start, setting.lead_end),
            (SENTENCE_BEFORE, setting.before_start, setting.sentence_start),
            (HEADING, setting.heading_start, setting.heading_end),
        ):
            if begin >= stop:
                continue
            for i in self.hits.within(begin, stop):
                word, _, end = found[i]
                if end <= stop and says * weight[word] > around.get(word, 0.0):
                    around[word] = says * weight[word]
        return around
