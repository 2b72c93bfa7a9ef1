"""Sites -> findings: which alternatives of a site contradict what the consumer wants, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from logitlint import catalog
from logitlint.catalog import short
from logitlint.diagnostics import Level
from logitlint.interp.arithmetic import TEMPERED
from logitlint.interp.guards import Guard, Literal, any_of, conj, decision, describe, literals, origin, relative, ways
from logitlint.interp.roots import Outcome
from logitlint.interp.sites import Site
from logitlint.interp.state import options
from logitlint.interp.transfer import NARROW, PART, PICKED, SHIFTED, is_axis, is_of_two
from logitlint.interp.values import Loc, Producer, Tensor, Unknown, Value, steps
from logitlint.kinds import LOG_PROBABILITIES, PROBABILITIES, Kind, Want, fits, judge
from logitlint.rules import forms

_FLAGGED = ("keras.", "tensorflow.", "tf_keras.")
_DECISIVE = frozenset({"default", "input", "mode"})


@dataclass(slots=True)
class Finding:
    """A contradiction before it has a place in the text: one for each rule, consumer and definition that makes the value.

    Two models that meet the same loss are two findings: each is mended, suppressed and put into a baseline by itself. What the
    arms of one function make joins one trace. ``advice``: right in a special case, so opt-in.
    """

    code: str
    loc: Loc
    site: Site
    value: Value
    certain: bool
    conditions: tuple[str, ...] = ()
    others: list[Value] = field(default_factory=list)
    advice: bool = False
    calls: dict[Loc, None] = field(default_factory=dict)  #: the calls in other files that lead to the consumer
    level: Level | None = None  #: where it is not the rule's
    backend: str | None = None  #: of Keras, where it decides what happens at run time; "" when nobody knows it
    repeats: list[Finding] = field(default_factory=list)  #: left out, since this one says it: what mends one has to mend all

    @property
    def reader(self) -> Loc:
        """Where the value is read: an activation over the wrong axis is reported where it stands."""
        return self.site.loc if self.code == "LGT406" else self.loc


@dataclass(slots=True)
class Verdict:
    """What became of a loss site, for ``audit``."""

    loc: Loc
    api: str
    want: Want | None
    verdict: str
    kind: str
    reason: str


@dataclass(slots=True)
class _Combination:
    site: Site
    guard: Guard
    value: Value
    code: str | None
    unknown: bool


def judge_all(outcome: Outcome) -> tuple[list[Finding], list[Verdict]]:
    """One finding per rule, consumer and producing definition; certain ones first choice."""
    found: dict[_Key, Finding] = {}
    verdicts: dict[Loc, Verdict] = {}
    targets: list[Verdict] = []
    aims = [site for site in outcome.sites if site.role == "target"]
    judged = {site.loc for site in aims if site.form == "loss"}  #: whose targets are sites of their own
    labelled = {site.loc for site in aims if site.form == "labels"}
    doubted: dict[Loc, str] = {}
    groups: dict[tuple[str, int, Loc, str], list[Site]] = defaultdict(list)
    uses = forms.Uses(outcome.sites)
    for site in outcome.sites:
        groups[site.form, site.group, site.loc, site.role].append(site)
    for (form, *_), sites in groups.items():
        if form != "loss":
            for finding in _alone(form, sites, outcome, uses):
                _add(found, finding)
            continue
        findings, verdict = _loss(sites)
        for finding in findings:
            finding.certain = finding.certain and not (finding.site.loc in outcome.shown and uses.is_of_no_layer(finding.value))
        mistaken = _judge_each(_targets(sites, judged | labelled), forms.no_labels)
        for finding in (*(findings or _used_as_scores(sites, uses)), *_judge_each(sites, forms.fresh_sigmoid), *mistaken):
            _add(found, finding)
        doubt = next(filter(None, (_doubt(site, site.loc in judged) for site in sites)), "")
        if doubt:
            doubted.setdefault(verdict.loc, doubt)
        if mistaken:
            verdict = replace(verdict, verdict="finding", reason="")
        if sites[0].role == "target" and verdict.verdict != "finding":
            targets.append(verdict)
            continue
        known = verdicts.get(verdict.loc)
        if known is None or _RANK[verdict.verdict] > _RANK[known.verdict]:
            verdicts[verdict.loc] = verdict
    for verdict in targets:  # a target that is right says nothing of the prediction
        verdicts.setdefault(verdict.loc, verdict)
    for loc, doubt in doubted.items():
        if verdicts[loc].verdict == "ok":
            verdicts[loc] = replace(verdicts[loc], verdict="unresolved", reason=doubt)
    for finding in found.values():
        if finding.certain and _suits_elsewhere(finding, outcome.sites):
            finding.certain = False
    every = _exchanged(list(found.values()))
    swapped = {each.site.loc for each in every if each.code == "LGT409"}  # which says what stands in the labels' place
    kept = [each for each in every if each.code != "LGT408" or each.site.loc not in swapped]
    for each in kept:
        if each.site.form == "labels" and each.site.loc in verdicts:
            verdicts[each.site.loc] = replace(verdicts[each.site.loc], verdict="finding", reason="")
    return _without_repeats(kept, outcome), list(verdicts.values())


def _exchanged(findings: list[Finding]) -> list[Finding]:
    """LGT409 where the prediction and the target of a call are both wrong, and each is what the other should be."""
    calls: defaultdict[Loc, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.site.form == "loss":
            calls[finding.site.loc].append(finding)
    for pair in calls.values():
        first, second = sorted(pair, key=lambda each: each.site.role == "target")[:2] if len(pair) == 2 else (None, None)
        if first is None or second is None or not forms.exchanged(first.site, first.value, second.site, second.value):
            continue
        site = replace(first.site, target=second.value)
        certain = first.certain and second.certain
        swapped = Finding("LGT409", site.loc, site, first.value, certain, first.conditions, first.others, calls=first.calls)
        findings = [swapped if each is first else each for each in findings if each is not second]
    return findings


_RANK = {"unresolved": 0, "ok": 1, "finding": 2}


def _without_repeats(findings: list[Finding], outcome: Outcome) -> list[Finding]:
    """A loss that is only turned into a number (``.item()``) repeats what is said where the same value trains."""

    def source(finding: Finding) -> tuple[str, object]:
        return finding.code, finding.value.producer if isinstance(finding.value, Tensor) else None

    losses = [f for f in findings if f.site.form == "loss"]
    trained: dict[tuple[str, object], list[Finding]] = defaultdict(list)
    for finding in losses:
        if finding.certain and finding.site.loc not in outcome.numbers:
            trained[source(finding)].append(finding)
    repeats = {id(f): trained[source(f)] for f in losses if f.site.loc in outcome.numbers and source(f) in trained}
    for finding in losses:
        for each in repeats.get(id(finding), ()):
            each.repeats.append(finding)
    return [f for f in findings if id(f) not in repeats]


#: Logarithms of exponentials: what overflows is what is written there, whatever it is given.
OF_SCORES = frozenset({"LGT306", "LGT307"})
#: What is wrong is what is written there, whichever value it meets and whoever calls it: an axis without a name is one finding.
_OF_THE_PLACE = OF_SCORES | {"LGT405"}
_Key = tuple[str, Loc, "tuple[str | int, ...] | None", str]


def _key(finding: Finding) -> _Key:
    producer = finding.value.producer if isinstance(finding.value, Tensor) else None
    metric = finding.site.api if finding.site.form == "metric" else ""  # several stand in one argument
    if producer is None or finding.code in _OF_THE_PLACE:
        return finding.code, finding.loc, None, metric
    # the calls of one loss object share its place: there each value is told apart
    return finding.code, finding.loc, producer.loc if finding.loc != finding.site.loc else producer.loc[:2], metric


def _add(found: dict[_Key, Finding], new: Finding) -> None:
    key = _key(new)
    old = found.get(key)
    if old is None or (new.certain and not old.certain):
        if old is not None:
            new.others.append(old.value)
            new.calls = old.calls
        new.calls = dict.fromkeys((*new.calls, *new.site.calls))
        found[key] = new
        return
    if new.certain or not old.certain:
        old.calls = dict.fromkeys((*old.calls, *new.site.calls))
    known = {value.producer for value in (old.value, *old.others) if isinstance(value, Tensor)}
    if isinstance(new.value, Tensor) and new.value.producer not in known and (new.certain or not old.certain):
        old.others.append(new.value)


# ---------------------------------------------------------------------- losses


def _why(value: Value) -> str:
    """Where the trail of a value ends, for `audit`; "" when nothing is known of that either."""
    if isinstance(value, Unknown) and value.why:
        return value.why
    if isinstance(value, Unknown) and value.sym is not None and value.sym[0] == "call" and isinstance(value.sym[1], str):
        return f"nothing is said of what `{short(value.sym[1])}` gives"
    if isinstance(value, Unknown) and value.sym is not None and value.sym[0] == "param":
        return f"`{value.sym[-1]}` is a parameter, and no call that says more of it was found"
    if isinstance(value, Tensor) and value.kind is Kind.UNKNOWN and value.origin is not None:
        return f"its kind is lost after it {value.origin.note}" if value.origin.parent is not None else ""
    return ""


def _reason(unknown: Sequence[Value], kind: Kind) -> str:
    """Why a loss is neither right nor wrong: ``unknown``: the alternatives of its value that nobody knows, ``kind``: of the first."""
    if not unknown:
        return "a value of this kind may be meant here"
    reason = next(filter(None, map(_why, unknown)), "the value's kind is not known")
    return reason if kind is Kind.UNKNOWN else f"in another case, {reason}"


def _loss(sites: list[Site]) -> tuple[list[Finding], Verdict]:
    combinations = [each for site in sites for each in _combinations(site)]
    first = sites[0]
    wrong = [c for c in combinations if c.code]
    if not wrong:
        unknown = [c for c in combinations if c.unknown]
        kind = next((c.value.kind for c in combinations if isinstance(c.value, Tensor)), Kind.UNKNOWN)
        right = any(isinstance(c.value, Tensor) and fits(c.value.kind, first.want) for c in combinations)
        verdict, reason = ("ok", "") if right and not unknown else ("unresolved", _reason([c.value for c in unknown], kind))
        return [], Verdict(first.loc, first.api, first.want, verdict, kind.value, reason)
    all_wrong = len(wrong) == len(combinations) and _whole(sites)
    findings: dict[_Key, Finding] = {}
    for each in wrong:
        assert each.code is not None
        decided = _decisions(each)
        written = isinstance(each.value, Tensor) and each.value.form == "literal"
        certain = not written and (all_wrong or (_single(decided) and not each.guard.blurred and not _another(decided, each.site.path)))
        conditions = () if all_wrong else _conditions(decided)
        finding = Finding(each.code, _place(each), each.site, each.value, certain, conditions, advice=_advice(each))
        known = findings.get(_key(finding))
        if known is None or (certain and not known.certain):
            findings[_key(finding)] = finding
        else:
            known.others.append(each.value)
    sample = wrong[0].value
    known_as = sample.kind if isinstance(sample, Tensor) else Kind.UNKNOWN
    return list(findings.values()), Verdict(first.loc, first.api, first.want, "finding", known_as.value, "")


def _doubt(site: Site, judged: bool) -> str:
    """Why a loss may be wrong although its prediction is of the right kind and no rule speaks of it. ``judged``: its target is a site."""
    way = conj(site.path, site.chosen)

    def along(value: Value | None) -> Iterable[Value]:
        return (option for guard, option in options(value) if not conj(way, guard).never) if value is not None else ()

    if site.role == "target":
        found = [forms.unfit_target(site.want, value) for value in along(site.value)]
    else:
        found = [forms.doubtful(site, value) for value in along(site.value)]
        found += [forms.askew(value, target) for value in along(site.value) for target in along(site.target)]
        found += [forms.unfit_target(site.want, target) for target in along(site.target) if not judged]
    return next(filter(None, found), "")


def _used_as_scores(sites: list[Site], uses: forms.Uses) -> list[Finding]:
    """LGT201, possible: what the same definition also gives to an activation, unchanged into a loss on probabilities."""
    for site in sites:
        if site.want in (Want.PROB_CAT, Want.PROB_EL) and site.role.startswith("prediction") and not _is_test(site.loc):
            found = uses.as_scores(site, site.value)
            if found is not None:
                return [Finding("LGT201", site.loc, site, found, False)]
    return []


def _suits_elsewhere(finding: Finding, sites: Sequence[Site]) -> bool:
    """Whether another arm of a condition gives the same value to a loss that it suits: one arm is for this network, the other for
    another (`cross_entropy` for many classes, a binary loss for one unit). Where the user of the program decides by a name, that is
    so if this arm suits another network of the same program."""
    site, value = finding.site, finding.value
    consumes = site.form == "loss" or finding.code == "LGT309"
    if not consumes or site.role == "target" or not isinstance(value, Tensor) or value.producer is None:
        return False
    own = literals(site.path)
    for other in sites if own else ():
        if other.form not in ("loss", "log") or other.loc[:2] != site.loc[:2] or other.loc == site.loc:
            continue
        opposed = {lit for lit in own if any(lit.atom == each.atom and lit.value != each.value for each in literals(other.path))}
        if not opposed or not conj(site.path, other.path).never:
            continue
        decided = {origin(lit) for lit in opposed} & _DECISIVE
        if decided and (decided != {"input"} or not _suits_others(site, value.producer, sites)):
            continue
        if any(isinstance(each, Tensor) and each.producer == value.producer and _suits(other, each) for _, each in options(other.value)):
            return True
    return False


def _suits_others(site: Site, producer: Producer, sites: Sequence[Site]) -> bool:
    """Whether what another maker gives to the same consumer is right there."""
    given = (value for each in sites if each.loc == site.loc for _, value in options(each.value))
    return any(isinstance(each, Tensor) and each.producer not in (None, producer) and _suits(site, each) for each in given)


def _suits(site: Site, value: Tensor) -> bool:
    if site.form != "loss":
        return value.kind in PROBABILITIES  # as the logarithm of a cross entropy that is written by hand takes them
    return fits(value.kind, site.want) and _code(site, value) is None


def _place(each: _Combination) -> Loc:
    """Where a finding stands: at the call of the loss; for a Keras loss object that the program calls itself, where it is built.

    Its ``from_logits`` is said once and meant for every call: there a reader looks for it, and there it is mended. What a call
    gives in the wrong order or form is mended at the call, an activation over the wrong axis where it is applied.
    """
    site = each.site
    if each.code == "LGT406":
        return forms.first_place(each.value, site.loc)
    written = isinstance(each.value, Tensor) and each.value.form == "literal"
    if written or each.code in ("LGT407", "LGT409"):
        return site.loc
    if site.built is None or site.detail == "compile" or not site.api.startswith(_FLAGGED):
        return site.loc
    contract = catalog.lookup(site.api)
    flagged = contract is not None and any(p.name == "from_logits" for signature in contract.init for p in signature.params)
    return site.built.loc if flagged else site.loc


def _targets(sites: list[Site], judged: Container[Loc]) -> list[Site]:
    """The losses with what they are given as targets in the place of their values. ``judged``: where these are sites of their own."""
    found = []
    for site in sites:
        if site.role == "target":
            found.append(site)
        elif site.target is not None and site.loc not in judged:
            found.append(replace(site, value=site.target, role="target"))
    return found


def _whole(sites: list[Site]) -> bool:
    """Whether the sites of one evaluation cover every way through it: an alternative that judges nothing leaves none."""
    chosen = any_of(site.chosen for site in sites)
    return chosen.always or chosen.terms == sites[0].whole.terms


def _combinations(site: Site) -> list[_Combination]:
    """The feasible pairs of consumer and value."""
    found = []
    for guard, value in options(site.value):
        total = conj(conj(site.path, site.chosen), guard)
        if total.never:
            continue
        code = _code(site, value)
        unknown = isinstance(value, Unknown) or (isinstance(value, Tensor) and value.kind is Kind.UNKNOWN) or site.want is None
        found.append(_Combination(site, conj(site.chosen, guard), value, code, unknown))
    return found


def _decisions(each: _Combination) -> frozenset[Literal]:
    """What has to be decided to come here: one decision that is enough, if there is one; else the shortest of the ways."""
    found = ways(relative(each.guard, each.site.path))
    alone = next((way for way in found if _single(way)), None)
    return alone if alone is not None else min(found, key=lambda way: (len(way), sorted(map(describe, way))), default=frozenset())


def _conditions(decided: frozenset[Literal]) -> tuple[str, ...]:
    """Decisions in words: what equals one thing is not said to be no other, nor to be given."""
    settled = {lit for lit in decided if lit.value and lit.atom.op == "=="}
    symbols = {lit.atom.symbol for lit in settled}
    return tuple(sorted(filter(None, (describe(lit) for lit in decided if lit in settled or decision(lit) not in symbols))))


def _single(decided: frozenset[Literal]) -> bool:
    """One decision by somebody who decides: the training mode, an input, a default."""
    return len({decision(lit) for lit in decided}) == 1 and all(origin(lit) in _DECISIVE for lit in decided)


def _another(decided: frozenset[Literal], path: Guard) -> bool:
    """Whether to come here at all takes a choice of another option, beside the one that leaves its default: two that go together may be
    what nobody types."""
    left = _left(decided)
    along = frozenset.intersection(*ways(path)) if left else frozenset()
    chosen = {lit.atom.symbol for lit in along if lit.value and lit.atom.op == "=="}
    return not chosen.isdisjoint(_left(along) - left)


def _left(decided: Iterable[Literal]) -> set[object]:
    """The options that do not keep their defaults."""
    return {decision(lit) for lit in decided if lit.atom.symbol[0] == "default" and not lit.value}


def _code(site: Site, value: Value) -> str | None:
    if not isinstance(value, Tensor) or site.want is None:
        return None
    want, kind = site.want, value.kind
    one_unit = kind in (Kind.SCORES, Kind.PROB_EL) and value.size == 1 and value.axis == -1
    if one_unit and want in (Want.LOGITS_CAT, Want.PROB_CAT) and forms.reads_last(site, value):
        return "LGT408" if "keras." in site.api else "LGT411"  # Keras names its losses after the form of the labels
    if value.form == "literal" and _is_test(site.loc):
        return None  # a test of the loss itself
    code = forms.swapped(site, value) or forms.hard(site, value) or forms.misplaced(site, value) or judge(kind, want)
    if code == "LGT102" and value.producer is not None and value.producer.api.endswith(".logits"):
        return None  # of a distribution, which was made for another end
    if code in ("LGT105", "LGT205") and value.form in ("scaled", "padded"):
        return None
    if code == "LGT401" and (value.size == 1 or value.form in ("column", "mixed", "complement", PART, PICKED)):
        return None
    if code == "LGT402" and (value.form in ("column", "mixed") or value.size == 1):
        return None
    if code == "LGT104" and kind is Kind.PROB_CAT and value.form == "column" and want is Want.LOGITS_EL:
        return "LGT103"
    if code == "LGT104" and value.form == PART:
        return "LGT101" if want is Want.LOGITS_CAT else code  # of a softmax
    if kind is Kind.PROB_EL and value.form in ("column", PICKED) and want is Want.LOGITS_CAT:
        return None
    return code


def _advice(each: _Combination) -> bool:
    """Softmax over two classes and a binary loss: of two units that say the same one would do."""
    if each.code != "LGT402" or not isinstance(each.value, Tensor):
        return False
    return each.value.size == 2 or (each.value.size is None and _of_two(conj(each.site.path, each.guard)))


def _of_two(guard: Guard) -> bool:
    """Whether a guard asks for two of something, as who has a head for two classes does."""
    return all(any(lit.value and lit.atom.op == "==" and lit.atom.const == 2 for lit in way) for way in ways(guard))


# ---------------------------------------------------------------------- one place


_SOFTMAXES = ("softmax", "Softmax", "log_softmax", "LogSoftmax")
_SIGMOIDS = ("sigmoid", "Sigmoid", "sigmoid_", "expit")


def _products(sites: list[Site], outcome: Outcome) -> list[Finding]:
    """Logarithms of scores that are used as log-probabilities. What else the logarithm may be given, only its own site says."""
    found = _judge_each(sites, lambda _site, value: "LGT309" if isinstance(value, Tensor) else None)
    logs: dict[int, list[Site]] = defaultdict(list)
    for site in outcome.sites:
        if site.form == "log" and site.loc == sites[0].loc:
            logs[site.group].append(site)
    whole = [each for group in logs.values() for each in _judge_each(group, _score_code)]
    for finding in found:
        if whole and not any(each.certain for each in whole):
            finding.certain, finding.conditions = False, whole[0].conditions
    return found


def _score_code(_site: Site, value: Value) -> str | None:
    return "LGT309" if isinstance(value, Tensor) and value.kind is Kind.SCORES else None


#: Forms that a function of the site and one alternative judges.
_CODES: dict[str, Callable[[Site, Value], str | None]] = {
    "distribution": forms.distribution,
    "metric": forms.metric,
    "labels": forms.labels,
}


def _alone(form: str, sites: list[Site], outcome: Outcome, uses: forms.Uses) -> list[Finding]:
    """The findings of the alternatives of one evaluation."""
    first = sites[0]
    if form == "log":
        cancelled = first.loc in outcome.cancelled and first.loc not in uses.trained
        return [] if cancelled or _is_test(first.loc) else _judge_each(sites, _log_code)
    if form == "product":
        return [] if _is_test(first.loc) else _products(sites, outcome)
    if form == "written":
        return [] if _is_test(first.loc) else _judge_each(sites, forms.written)
    if form in ("comparison", "claim"):
        code = "LGT502" if form == "comparison" else "LGT503"
        found = _judge_each(sites, lambda _site, value: code if uses.are_logits(value) else None)
        for finding in found:
            finding.advice = True
        return found
    if form == "argmax":
        found = _judge_each(sites, forms.across_batch)
        for finding in found:
            finding.loc = forms.first_place(finding.value, finding.loc)
        return found
    if form in _CODES:
        found = _judge_each(sites, _CODES[form])
        if first.api.startswith("metrics="):
            for finding in found:
                finding.certain = False  # Keras picks the metric behind the string by shapes that only the data know
        return found
    if form == "activation":
        again = [f for f in _judge_each(sites, _twice) if f.certain or not _of_another_turn(f)]
        return [*again, *_judge_each(sites, _one_unit), *(f for site in sites for f in _without_dim(site))]
    if form == "discard":
        return [Finding("LGT410", first.loc, first, first.value, True)]
    return []


def _is_test(loc: Loc) -> bool:
    """Tests compare naive formulas with the library on purpose."""
    parts = loc.path.split("/")
    return any(p in ("test", "tests", "testing") for p in parts[:-1]) or parts[-1].startswith("test_") or parts[-1].endswith("_test.py")


def _judge_each(sites: list[Site], code_of: Callable[[Site, Value], str | None]) -> list[Finding]:
    combinations = []
    for site in sites:
        for guard, value in options(site.value):
            total = conj(conj(site.path, site.chosen), guard)
            if not total.never:
                combinations.append(_Combination(site, conj(site.chosen, guard), value, code_of(site, value), False))
    wrong = [c for c in combinations if c.code]
    if not wrong:
        return []
    everywhere = len(wrong) == len(combinations) and _whole(sites)
    first = wrong[0]
    decided = _decisions(first)
    certain = everywhere or (_single(decided) and not first.guard.blurred and not _another(decided, first.site.path))
    conditions = () if everywhere else _conditions(decided)
    assert first.code is not None
    return [Finding(first.code, first.site.loc, first.site, first.value, certain, conditions)]


def _log_code(site: Site, value: Value) -> str | None:
    if not isinstance(value, Tensor):
        return None
    if value.form in ("sumexp", "1+exp"):
        return None if value.tag in (SHIFTED, NARROW) else "LGT306" if value.form == "sumexp" else "LGT307"
    if value.producer is not None and value.producer.kind in LOG_PROBABILITIES:
        return None  # the logarithm of what was a logarithm before
    if value.producer is not None and _is_test(value.producer.loc):
        return None  # what a test gives, nobody is trained with
    if any(step.note.endswith(("`.item`", "`.tolist`")) for step in steps(value.origin)):
        return None  # numbers have no gradient, and their scores are out of reach
    if value.kind is Kind.PROB_CAT or (value.producer is not None and value.producer.kind is Kind.PROB_CAT and value.kind is Kind.PROB_EL):
        return {"": "LGT301", "column": "LGT301", "padded": "LGT304"}.get(value.form)
    if value.kind is Kind.PROB_EL:
        return {"": "LGT302", "column": "LGT302", "complement": "LGT303", "padded": "LGT304"}.get(value.form)
    return None


def _twice(site: Site, value: Value) -> str | None:
    if not isinstance(value, Tensor) or not isinstance(site.result, Tensor):
        return None
    last, axis = site.api.rpartition(".")[2], site.result.axis
    if axis is not None and is_axis(value, axis, 2) is False:
        return None  # probabilities of classes, weighed over something else
    if value.form == TEMPERED and last in _SOFTMAXES:
        return "LGT404"
    if value.kind is Kind.PROB_CAT and (value.form in ("", "padded") or is_of_two(value)) and last in _SOFTMAXES:
        return "LGT404"
    if value.kind is Kind.PROB_EL and value.form in ("", "padded") and last in _SIGMOIDS:
        return "LGT404"
    return None


def _of_another_turn(finding: Finding) -> bool:
    """Whether the very call that is applied made its own input, in an earlier turn of a loop."""
    value = finding.value
    return isinstance(value, Tensor) and value.producer is not None and value.producer.loc == finding.site.loc


def _one_unit(site: Site, _value: Value) -> str | None:
    return "LGT403" if isinstance(site.result, Tensor) and site.result.kind is Kind.CONST_ONE else None


def _without_dim(site: Site) -> list[Finding]:
    if site.detail != "implicit" or not site.api.startswith("torch."):
        return []
    loc = site.built.loc if site.built is not None else site.loc
    # with two dimensions the axis that torch picks is the right one, with three it is the batch
    known = isinstance(site.result, Tensor) and site.result.rank is not None
    decided = literals(site.chosen)
    return [Finding("LGT405", loc, site, site.result or site.value, known and (not decided or _single(decided)))]
