"""What every repair starts from: the findings of a run, the syntax they stand in, and who reads what they speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import libcst as cst

from logitlint import catalog
from logitlint.catalog import Contract, short
from logitlint.diagnostics import Applicability
from logitlint.fixes.activations import Activation, called, read
from logitlint.fixes.aliases import COMPUTES, Aliases
from logitlint.fixes.loads import loads_after
from logitlint.fixes.names import Names, bound_around, dotted
from logitlint.fixes.readers import KEEPS, Following, Readers, called_name, is_called, returned_value
from logitlint.fixes.syntax import Change, Function, Spot, Syntax, Unit, Withheld, parameter, walk
from logitlint.fixes.turns import call_of_last
from logitlint.interp.guards import any_of, conj
from logitlint.interp.roots import Outcome
from logitlint.interp.sites import Site
from logitlint.interp.state import options
from logitlint.interp.transfer import SET
from logitlint.interp.values import Callee, Loc, Producer, Tensor, Value, steps
from logitlint.kinds import LOG_PROBABILITIES, PROBABILITIES, Kind, Want
from logitlint.project import Project
from logitlint.rules.judge import Finding
from logitlint.rules.messages import RECEIVES

#: Names for scores that had none, and for what an activation makes of scores that keep theirs.
SCORES = ("logits", "scores", "raw_scores", "raw_logits", *(f"{name}_{i}" for i in range(1, 5) for name in ("logits", "scores")))
LOGS = ("log_probs", "log_probabilities", *(f"log_probs_{i}" for i in range(1, 5)))
RESULTS = ("probs", "probabilities", *(f"probs_{i}" for i in range(1, 5)))
_PASSED = re.compile(r"is passed as `(\w+)`")

#: Rules whose consumers want the same: scores, and what is the logarithm of probabilities.
_FAMILIES = (frozenset(f"LGT10{i}" for i in range(1, 6)), frozenset(f"LGT30{i}" for i in range(1, 5)))


#: So many of the reasons to look are said.
_MOST_REASONS = 5


@dataclass(slots=True)
class Repair:
    """What to change for a finding, how far it can be trusted, and what to say of it."""

    applicability: Applicability
    message: str
    changes: list[Change] = field(default_factory=list)

    def doubt(self, reasons: Iterable[str], look: str) -> None:
        """Where there is a reason, nobody applies it unasked; the message says what to look at, and where."""
        first = list(dict.fromkeys(reasons))[:_MOST_REASONS]
        if first:
            self.applicability = "suggestion"
            self.message += f"; look at {look}: {'; '.join(first)}"


class Context:
    def __init__(self, project: Project, outcome: Outcome, findings: Iterable[Finding]) -> None:
        self.project = project
        self.syntax = Syntax(project)
        self.names = Names(self.syntax)
        self._given = outcome.given
        self._logs = outcome.logs
        self._callees = outcome.callees
        self._fresh: dict[tuple[str, int, int], dict[str, int]] = {}
        self._built: dict[Loc, Loc] = {}
        self._activations = [site for site in outcome.sites if site.form == "activation"]
        for site in self._activations:
            if site.built is not None:
                self._built.setdefault(site.loc, site.built.loc)
        self._losses = [site for site in outcome.sites if site.form in ("loss", "free") and site.role.startswith("prediction")]
        self._compared = {site.loc for site in self._losses if site.want is Want.ANY and not _counts(site.api)}
        self._consumers = {site.loc for site in (*self._activations, *self._losses)} - self._compared
        self._mistaken: set[Loc] = set()  #: losses whose targets are wrong
        self._by_producer: dict[Loc, list[Finding]] = defaultdict(list)
        self._evaluated: dict[tuple[Loc, int, str], list[Site]] = defaultdict(list)
        for site in outcome.sites:
            self._evaluated[site.loc, site.group, site.role].append(site)
        self._by_place: dict[tuple[str, Loc], list[Finding]] = defaultdict(list)
        for finding in (each for listed in findings for each in (listed, *listed.repeats)):
            self._by_place[finding.code, finding.loc].append(finding)
            if finding.site.role == "target":
                self._mistaken.add(finding.site.loc)
            for value in (finding.value, *finding.others):
                if isinstance(value, Tensor) and value.producer is not None:
                    self._by_producer[value.producer.loc].append(finding)

    def fresh(self, activation: Activation, names: Sequence[str] = SCORES) -> str:
        """A name for the scores of an activation, or its result, that its function does not speak of. Raises Withheld when none is left."""
        unit = activation.spot.unit
        scope = unit.scope(activation.spot.node)
        taken = self._fresh.setdefault((unit.path, unit.number, id(scope)), {})
        spoken = {each.value for each in walk(scope) if isinstance(each, cst.Name)}
        for each in names:
            owner = taken.get(each)
            if each not in spoken and owner in (None, id(activation.spot.node)):
                taken[each] = id(activation.spot.node)
                return each
        raise Withheld("the scores have no name")

    def alike(self, finding: Finding, *codes: str) -> list[Finding]:
        """The findings of these codes that the same producer has a part in, in the order of the text."""
        value = finding.value
        if not isinstance(value, Tensor) or value.producer is None:
            return [finding]
        found = {each.loc: each for each in self._by_producer[value.producer.loc] if each.code in codes}
        return [found[loc] for loc in sorted(found)]

    def at_the_same_place(self, finding: Finding) -> list[Finding]:
        """The findings of the same consumer, whoever made the value."""
        return self._by_place[finding.code, finding.loc]

    def alternatives(self, finding: Finding) -> list[Value | None]:
        """What the evaluation that a finding speaks of found at its place, on every way there; None: on one way nothing it knows."""
        sites = self._evaluated[finding.site.loc, finding.site.group, finding.site.role]
        found: list[Value | None] = [value for site in sites for _, value in options(site.value)]
        chosen = any_of(site.chosen for site in sites)
        if not chosen.always and chosen.terms != finding.site.whole.terms:
            found.append(None)
        return found

    def surely_prediction(self, finding: Finding) -> None:
        """Raises Withheld where the target of the same call is wrong as well: perhaps that is the prediction."""
        if finding.site.loc in self._mistaken:
            raise Withheld("the target is wrong as well, and which of the two is the prediction is not known")

    def takes_scores(self, call: Spot) -> bool:
        """Whether a call applies an activation, or is one of a loss that wants scores, or probabilities, and is judged by itself."""
        return self.loc_of(call) in self._consumers

    def compares(self, call: Spot) -> bool:
        """Whether a call is that of a loss that compares whatever it is given with something of the same sort: a squared error."""
        return self.loc_of(call) in self._compared

    def activates_others(self, finding: Finding) -> bool:
        """Whether the activation of a finding is also applied, there, to something else than what the finding speaks of."""
        kind = finding.value.kind if isinstance(finding.value, Tensor) else None
        for site in (each for each in self._activations if each.loc == finding.site.loc):
            path = conj(site.path, site.chosen)
            for guard, value in options(site.value):
                if not conj(path, guard).never and not (isinstance(value, Tensor) and value.kind is kind):
                    return True
        return False

    def makes_something_else(self, finding: Finding) -> bool:
        """Whether the activation of a finding, or the layer that is one, also makes something else than what the finding speaks of.

        A function that is looked at by itself makes it of who knows how many classes, which says nothing of those who call it."""
        site, kind = finding.site, finding.site.result.kind if isinstance(finding.site.result, Tensor) else None
        built = site.built.loc if site.built is not None else None
        for each in self._activations:
            alike = each.loc == site.loc if built is None else each.built is not None and each.built.loc == built
            for _, value in options(each.result) if alike and each.result is not None else ():
                known = each.group == site.group or (isinstance(value, Tensor) and value.size is not None)
                if known and not (isinstance(value, Tensor) and value.kind is kind):
                    return True
        return False

    def mentions(self, path: str, name: str) -> Iterator[Spot]:
        """Wherever a file, or one that imports it, speaks of a name."""
        for user in sorted({path, *self.project.users([path])}):
            for outlined in self.project.outline(user).units:
                if outlined.mentions(name):
                    unit = self.syntax.unit(user, outlined.number)
                    yield from (Spot(unit, each) for each in walk(unit.module) if isinstance(each, cst.Name) and each.value == name)

    def also_given(self, finding: Finding) -> list[str]:
        """What is given to the loss of a finding, beside what the finding speaks of: who changes the loss changes it for that too.

        A loss that is built once is one for all its calls; one in a function is one for all callers of the function.
        """
        built = finding.site.built
        losses = [site for site in self._losses if site.form == "loss" and site.api == finding.site.api]
        if built is None:
            here = [site for site in losses if site.loc == finding.site.loc]
        else:
            here = [site for site in losses if site.built is not None and site.built.loc == built.loc]
        found: dict[str, None] = {}
        for site in here:
            for _, value in options(site.value):
                kind = value.kind if isinstance(value, Tensor) else Kind.UNKNOWN
                alike = isinstance(finding.value, Tensor) and kind is finding.value.kind
                if kind is Kind.CLAMPED:  # which stay clamped there, and no rule says so of the loss on scores
                    alike = site.loc == finding.site.loc
                if not alike and (kind is not Kind.UNKNOWN or site.loc != finding.site.loc):
                    found[f"{RECEIVES.get(kind, 'what nobody knows')} at {self.syntax.place(self.syntax.spot(site.loc))}"] = None
        if built is not None:
            calls = [self.syntax.spot(loc) for loc in dict.fromkeys(site.loc for site in here)]
            aliases = Aliases(self.syntax, calls, sorted({built.loc.path, *(each.path for each in calls)}))
            known = {id(each.node) for each in calls}
            found |= {f"what nobody knows at {self.syntax.place(each)}": None for each in aliases.calls if id(each.node) not in known}
            found |= dict.fromkeys(aliases.leaves)
        return list(found)

    # ------------------------------------------------------------------ what made the value

    def activations(self, finding: Finding) -> list[Activation]:
        """What made the value, and the other values that come to the same place. Raises Withheld."""
        found: dict[Loc, Activation] = {}
        for value in (finding.value, *finding.others):
            if not isinstance(value, Tensor) or value.producer is None:
                raise Withheld("what made the value is not known")
            made = value.producer
            if (made.kind in LOG_PROBABILITIES) != (value.kind in LOG_PROBABILITIES):
                raise Withheld("a logarithm or an exponential stands between the activation and the loss")
            if any(hop.note == SET for hop in steps(value.origin)):
                raise Withheld("some of the probabilities are set to a number, which would be something else among scores")
            if made.loc not in found:
                found[made.loc] = self.activation(made)
        return list(found.values())

    def activation(self, made: Producer) -> Activation:
        """The activation as it is written. Raises Withheld."""
        return self.written(made.loc, made.api, made.kind, self._built.get(made.loc))

    def written(self, loc: Loc, api: str, kind: Kind, built: Loc | None) -> Activation:
        """The activation that is called, or built, at a place. Raises Withheld where the call may be one of something else."""
        place = self.syntax.spot(built) if built is not None else None
        activation = read(self.syntax.spot(loc), api, kind, place, self.names)
        if self._is_always(activation, loc, api, built):
            return activation
        call = self._call_of_last(place) if place is not None else None
        alike = [each for each in self._callees.get(loc, ()) if each.api == api]
        if place is None or call is None or call.node is not activation.spot.node or alike != [Callee(api, built)]:
            raise Withheld("what is called there is not always the activation")
        return Activation(place, api, kind, "layer", self.names, made=loc)

    def _call_of_last(self, layer: Spot) -> Spot | None:
        """The call that calls the layers of a list one after the other, the last of which stands at ``layer``; None where somebody else
        may know that list."""
        call, owner = call_of_last(layer), layer.unit.owner(layer.node)
        loop = next((each for each in call.unit.above(call.node) if isinstance(each, cst.For)), None) if call is not None else None
        if owner is None or loop is None or not isinstance(loop.iter, cst.Attribute):
            return None
        return None if self._is_known_outside(layer.unit, owner, loop.iter.attr.value) else call

    def _is_always(self, activation: Activation, loc: Loc, api: str, built: Loc | None) -> bool:
        """Whether a place is that of an activation whenever it is come to."""
        callees = self._callees.get(loc, ())
        if activation.form == "instance":
            return callees == (Callee(api, built),)
        if activation.form in ("layer", "argument"):  # its constructor comes first, and then the function that it applies
            names = self._called(loc)
            return len(names) < 2 or (len(names) == 2 and not any(_is_constructor(each, names[1]) for each in callees))
        return self.calls_one(loc)

    def calls_one(self, loc: Loc) -> bool:
        """Whether a call calls functions, or classes, of one name only."""
        return len(self._called(loc)) < 2

    def _called(self, loc: Loc) -> list[str]:
        """The last names of all that a call calls, without repetition."""
        return list(dict.fromkeys(each.api.rpartition(".")[2] for each in self._callees.get(loc, ())))

    def logged(self, loc: Loc | None) -> Producer | None:
        """What made the probabilities that a logarithm is taken of."""
        return self._logs.get(loc) if loc is not None else None

    def made_at(self, loc: Loc | None) -> Producer | None:
        """What an activation makes at a place, as a producer."""
        results = (site.result for site in self._activations if site.loc == loc)
        return next((each.producer for each in results if isinstance(each, Tensor)), None)

    def loc_of(self, spot: Spot) -> Loc | None:
        at = next((at for at, node in spot.unit.ordinals.items() if node is spot.node), None)
        return Loc(spot.path, spot.unit.number, at) if at is not None else None

    def loses_activation(self, finding: Finding) -> bool:
        """Whether another finding's fix takes away what made the value."""
        made = finding.value.producer if isinstance(finding.value, Tensor) else None
        return made is not None and any(each.code in _FAMILIES[0] for each in self._by_producer.get(made.loc, ()))

    def is_taken_of_probabilities(self, value: Tensor) -> bool:
        """Whether log-probabilities are the logarithm of a value of their own, and no log-softmax."""
        return value.producer is not None and value.producer.loc in self._logs

    def is_of_probabilities(self, loc: Loc) -> bool:
        """Whether the activation that is called at a place is given what another one has made."""
        given = (value for site in self._activations if site.loc == loc for _, value in options(site.value))
        return any(isinstance(each, Tensor) and each.kind in (*PROBABILITIES, *LOG_PROBABILITIES) for each in given)

    def ranks(self, loc: Loc) -> set[int | None]:
        """The numbers of dimensions of what the activations that are called, or were built, at a place have made; None: not known."""
        places = (site for site in self._activations if loc in (site.loc, site.built.loc if site.built is not None else None))
        return {site.result.rank if isinstance(site.result, Tensor) else None for site in places}

    # ------------------------------------------------------------------ who reads it

    def readers(self, activation: Activation, finding: Finding) -> Readers:
        """Everything that reads what an activation makes, in its function and behind the functions that return it."""
        if activation.form == "layer" and self._is_taken_apart(activation.spot):
            raise Withheld("layers of the model are taken by their place")
        loc = activation.made or self.loc_of(activation.spot)
        alike = [each for each in self._by_producer.get(loc, ()) if _alike(each.code, finding.code)] if loc is not None else []
        alike = alike or [finding]
        losses = [self.syntax.spot(each.reader) for each in alike]
        hops = [hop for each in alike for value in _values(each) for hop in steps(value.origin)]
        through = [self.syntax.spot(hop.loc) for hop in hops]
        following = Following(
            [each.node for each in losses], [each.node for each in through], self.parameter_of, outside=self._read_outside
        )
        operations = [spot for each in self._given.get(loc, ()) if self._is_operation(spot := self.syntax.spot(each))] if loc else []
        units = {(each.loc.path, each.loc.unit) for each in alike}
        following.evaluated = frozenset(id(self.syntax.spot(site.loc).node) for site in self._losses if site.loc[:2] in units)
        following.is_of_loss = self._is_of_loss
        following.carries = frozenset(id(each.node) for each in operations)
        following.takers = frozenset(
            _spelled(
                spot for hop, spot in zip(hops, through, strict=True) if _PASSED.fullmatch(hop.note) and isinstance(spot.node, cst.Call)
            )
        )
        found = following.found
        made_elsewhere = activation.form in ("layer", "argument") and not called(activation.call)[:1].islower()
        threaded = self._call_of_last(activation.spot) if activation.form in ("layer", "argument") else None
        if threaded is not None:
            following.ends_with(threaded)
        if not made_elsewhere:
            following.follow(activation.spot)
        if found.returned or found.members or made_elsewhere:
            self._callers(activation, loc, following, [each.node for each in (*losses, *through)])
        self._parameters(alike, loc, following)
        found.opaque += ["it is returned as one of several values" for _ in found.members]
        found.reached |= {id(above) for each in found.others for above in each.unit.above(each.node)} & {
            id(spot.node) for each, spot in zip(alike, losses, strict=True) if each.site.form == "log"
        }
        for each, spot in zip(alike, losses, strict=True):
            if each.site.form in ("loss", "log", "activation") and isinstance(spot.node, cst.Call) and id(spot.node) not in found.reached:
                found.opaque.append(f"how it comes to {self.syntax.place(spot)} is not followed")
        found.others = [found.root(each) for each in found.others]
        if loc is not None:
            found.opaque += self._also_there(alike, loc, moved=bool(found.others))
        found.opaque += [reason for spot, _ in found.stored if (reason := self._read_elsewhere(spot))]
        return found

    def in_another_shape(self, readers: Iterable[Spot]) -> list[str]:
        """In words: the readers where an axis no longer means what it meant to the activation."""
        return [f"{self.syntax.place(each)} (where it has another shape, or is a part)" for each in readers]

    def _also_there(self, findings: Sequence[Finding], made: Loc, *, moved: bool) -> Iterator[str]:
        """Other losses that one call may be, and other makers whose values come to the same call and to who reads them there."""
        apis = {(each.site.loc, each.site.api) for each in findings}
        places = {loc for loc, _ in apis}
        for site in self._losses:
            if site.loc not in places:
                continue
            makers = {each.producer.loc for _, each in options(site.value) if isinstance(each, Tensor) and each.producer is not None}
            if made in makers and (site.loc, site.api) not in apis:
                yield f"{self.syntax.place(self.syntax.spot(site.loc))}, where the loss may be `{short(site.api)}`"
            if moved and makers - {made}:
                yield f"{self.syntax.place(self.syntax.spot(site.loc))}, where what others make arrives too"

    def _read_elsewhere(self, stored: Spot) -> str:
        """Who else speaks of a name of a module: its other definitions, or the modules that import it."""
        if not isinstance(stored.node, cst.Name) or not isinstance(stored.unit.scope(stored.node), cst.Module):
            return ""
        if stored.unit.owner(stored.node) is not None:
            return ""
        name = stored.node.value
        for unit, node in self.syntax.spoken(stored.path, name):
            if unit is not stored.unit and name not in bound_around(Spot(unit, node)) and not _is_attribute(unit, node):
                return f"`{name}` is read in functions of the module"
        for path in sorted(self.project.users([stored.path]) - {stored.path}):
            if any(each.mentions(name) for each in self.project.outline(path).units):
                return f"`{name}` is perhaps read in {path}"
        return ""

    def _callers(self, activation: Activation, loc: Loc | None, following: Following, through: Iterable[cst.CSTNode]) -> None:
        found = following.found
        ends = [
            each.node if isinstance(each.node, cst.Lambda) else each.unit.function(each.node) for each in (*found.returned, *found.members)
        ]
        functions = {id(each) for each in ends if each is not None}
        # tuples last, for then it is known where in them the value stands; not in the order in which processes came back
        places = sorted(self._given.get(loc, {}).items(), key=lambda pair: (not pair[1], pair[0])) if loc is not None else []
        given = [(self.syntax.spot(each), bare) for each, bare in places]
        calls = [
            (call, bare)
            for call, bare in given
            if call.node is not activation.spot.node
            and not any(id(each) in functions for each in call.unit.above(call.node))
            and not self._is_operation(call)
        ]
        general = [call for call, _ in calls if self._is_in_decorator(call)]
        found.opaque += [f"{self.syntax.place(each)} gives it, and what others make" for each in general]
        calls = [(call, bare) for call, bare in calls if call not in general]
        known = [call for call, _ in calls]
        for call, bare in calls:
            following.follow_call(call, known, bare=bare)
        if not known:
            found.opaque.append("who calls it is not known")
        found.given_on = [returned_value(each) for each in (*found.returned, *found.members) if is_called(each, known)]
        found.mark_parts(known, ())
        for member in list(found.members):
            if is_called(member, known) and following.has_position:
                found.members.remove(member)
            elif id(member.unit.function(member.node)) not in functions and not is_called(member, known):
                found.members.remove(member)
                found.others.append(member)
        for name in sorted(_spelled(known)):
            if any(each.unit.hides_call(name) for each in (activation.spot, *known)):
                found.opaque.append(f"`{name}` is called in a cell that cannot be parsed")
        paths = self._speaking(activation, known)
        aliases = Aliases(self.syntax, known, paths, through)
        owner = activation.spot.unit.owner(activation.spot.node)
        method = activation.spot.unit.function(activation.spot.node)
        if owner is not None and isinstance(method, cst.FunctionDef) and method.name.value in (*COMPUTES, "__init__"):
            aliases.of_class(activation.spot.path, owner.name.value)
        found.opaque += aliases.leaves
        for call in self._unseen(known, paths, aliases.calls):
            before = found.counts()
            if calls and not any(bare for _, bare in calls):
                following.in_tuples(call)
            following.follow(call)
            new = [*found.others[before.others :], *found.returned[before.returned :]]
            found.opaque += [f"it is perhaps read at {self.syntax.place(each)}" for each in new]
            found.perhaps += new
            del found.others[before.others :], found.returned[before.returned :]

    def _is_operation(self, call: Spot) -> bool:
        """Whether a call is an operation of a library on the value that somebody else has given already."""
        func = call.node.func if isinstance(call.node, cst.Call) else None
        if isinstance(func, cst.Attribute) and (func.attr.value in KEEPS or catalog.lookup(f"torch.Tensor.{func.attr.value}") is not None):
            return True
        return next(self._contracts(call), None) is not None

    def _is_of_loss(self, call: Spot) -> bool:
        """Whether a call is that of a loss function of a library, be it run or not."""
        return any(param.role == "prediction" for each in self._contracts(call) for signature in each.call for param in signature.params)

    def _contracts(self, call: Spot) -> Iterator[Contract]:
        """What is known of the function of a library that a call names by the imports of its file."""
        root, _, rest = dotted(call.node.func).partition(".") if isinstance(call.node, cst.Call) else ("", "", "")
        for each in self.names.imports(call.path):
            contract = catalog.lookup(each.full + (f".{rest}" if rest else "")) if each.name == root else None
            if contract is not None:
                yield contract

    def _is_in_decorator(self, call: Spot) -> bool:
        """Whether a call is that of the decorated function inside a decorator, or ``getattr``: it gives the values of many."""
        func = call.node.func if isinstance(call.node, cst.Call) else None
        if not isinstance(func, cst.Name):
            return False
        if func.value == "getattr":
            return True
        for above in call.unit.above(call.node):
            if isinstance(above, cst.FunctionDef) and any(each.name.value == func.value for each in above.params.params):
                name = above.name.value
                loads = self.syntax.spoken(call.path, name)
                return any(isinstance(outside, cst.Decorator) for unit, node in loads for outside in unit.above(node))
        return False

    def _speaking(self, activation: Activation, known: list[Spot]) -> list[str]:
        """The modules in which the known calls stand, or others that the analysis did not come through may."""
        paths = {activation.spot.path, *(call.path for call in known)}
        owner = activation.spot.unit.owner(activation.spot.node)
        if owner is not None:
            word = owner.name.value
            # nobody else can have an object of a class than who imports, at some remove, the file of the class
            users = self.project.users([activation.spot.path])
            paths |= {path for path in users if word.encode() in (self.project.bytes(path) or b"")}
        return sorted(paths)

    def _unseen(self, known: list[Spot], paths: Iterable[str], more: Iterable[Spot]) -> Iterator[Spot]:
        """Calls of the same objects, or spelled like the known ones, that the analysis did not come through."""
        spelled = _spelled(known)
        seen = {id(call.node) for call in known}
        # a call that gives what somebody else has made is not this one
        visited = {loc for calls in self._given.values() for loc in calls}
        for call in more:
            if id(call.node) not in seen and self.loc_of(call) not in visited:
                seen.add(id(call.node))
                yield call
        for path in paths:
            for unit in self.project.outline(path).units:
                if not spelled & unit.names:
                    continue
                read_again = self.syntax.unit(path, unit.number)
                for node in walk(read_again.module):
                    if isinstance(node, cst.Call) and id(node) not in seen and called_name(node) in spelled:
                        spot = Spot(read_again, node)
                        above = read_again.parent(node)
                        if isinstance(above, cst.Call) and above.func is node:
                            continue  # an object is made, and called: that is the call
                        if self.loc_of(spot) not in visited:
                            yield spot

    def _parameters(self, findings: Iterable[Finding], made: Loc | None, following: Following) -> None:
        """The loads of the parameters that the value is passed as, once it is made."""
        for finding, value in [(each, value) for each in findings for value in _values(each)]:
            if made is not None and value.producer is not None and value.producer.loc != made:
                continue
            hops = steps(value.origin)
            first = next((index for index, hop in enumerate(hops) if hop.loc == made), 0)
            for index, hop in enumerate(hops):
                if index < first:
                    continue
                match = _PASSED.fullmatch(hop.note)
                if match is None:
                    continue
                later = [self.syntax.spot(each) for each in (finding.reader, *(h.loc for h in hops[index + 1 :]))]
                target = next((found for each in later if (found := _parameter(each, match[1])) is not None), None)
                if target is None:
                    following.found.opaque.append(f"it is passed as `{match[1]}`")
                    continue
                spot, function = target
                loads = [spot.at(load) for load in loads_after(spot.unit, function, spot.node)]  # type: ignore[arg-type]
                following.found.mark_parts((), loads)
                for load in loads:
                    following.follow(load)

    def receiver(self, later: Iterable[Spot], name: str) -> Spot | None:
        """The function that has a parameter of this name around the first of the places that stands in one."""
        target = next((found for each in later if (found := _parameter(each, name)) is not None), None)
        return target[0].at(target[1]) if target is not None else None

    def _is_taken_apart(self, layer: Spot) -> bool:
        """``model[:-1]``, ``model.children()``: with a layer less, others stand in the places."""
        statement = layer.unit.statement(layer.node)
        names = {layer.unit.text(each.target) for each in statement.targets} if isinstance(statement, cst.Assign) else set()
        for outlined in self.project.outline(layer.path).units if names else ():
            unit = self.syntax.unit(layer.path, outlined.number)
            for node in walk(unit.module):
                taken = isinstance(node, cst.Attribute) and node.attr.value in ("children", "named_children", "layers")
                if (taken or isinstance(node, cst.Subscript)) and unit.text(node.value) in names:  # type: ignore[attr-defined]
                    return True
        return False

    def _read_outside(self, unit: Unit, owner: cst.ClassDef, name: str) -> bool:
        """Whether code outside of a class, in its file or in one that imports it, reads an attribute of a name of its objects."""
        return self._is_known_outside(unit, owner, name, _is_own)

    def _is_known_outside(
        self, unit: Unit, owner: cst.ClassDef, name: str, another: Callable[[cst.Attribute], bool] = lambda _: False
    ) -> bool:
        within = {id(each) for each in walk(owner)}
        for path in sorted({unit.path, *self.project.users([unit.path])}):
            for outlined in self.project.outline(path).units:
                if not outlined.mentions(name):
                    continue
                for node in walk(self.syntax.unit(path, outlined.number).module):
                    if isinstance(node, cst.Attribute) and node.attr.value == name and id(node) not in within and not another(node):
                        return True
        return False

    def parameter_of(self, call: Spot, arg: cst.Arg) -> tuple[Spot, Function] | None:
        """The parameter of a function of the project that an argument is bound to, where the call names that function."""
        node = call.node
        if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Name) or any(each.star for each in node.args):
            return None
        function = self._function(call.path, node.func.value)
        if function is None or not isinstance(function.node, cst.FunctionDef) or function.node.decorators:
            return None
        taken = parameter(function.node, node, arg)
        return (function.at(taken.name), function.node) if taken is not None else None

    def _function(self, path: str, name: str) -> Spot | None:
        """A top-level function of a module, or one that it imports by name from a module of the project."""
        for each in self.project.outline(path).units:
            if each.kind == "function" and each.name == name:
                unit = self.syntax.unit(path, each.number)
                return next((Spot(unit, node) for node in unit.module.body if isinstance(node, cst.FunctionDef)), None)
        for line in self.project.outline(path).imports:
            target = self.project.resolve(path, line.module, line.level) if name in line.names else None
            if target is not None and not target.endswith("/") and target != path:
                return self._function(target, name)
        return None


def _counts(api: str) -> bool:
    """Whether an API is that of a metric: one that takes what it is given, scores or not, looks at the order of the classes."""
    contract = catalog.lookup(api) or catalog.lookup(api.rpartition(".")[0])
    return contract is not None and contract.sort == "Metric"


def _is_constructor(callee: Callee, name: str) -> bool:
    """Whether what is called is the class of a name, and no object of it."""
    return callee.built is None and callee.api.rpartition(".")[2] == name and name[:1].isupper()


def _spelled(calls: Iterable[Spot]) -> set[str]:
    """What the calls of something are called, as far as that tells them from others."""
    return {called_name(call.node) for call in calls} - {"", "self", "super", "forward", "__call__"} - KEEPS


def _values(finding: Finding) -> list[Tensor]:
    return [value for value in (finding.value, *finding.others) if isinstance(value, Tensor)]


def _is_attribute(unit: Unit, node: cst.Name) -> bool:
    above = unit.parent(node)
    return (isinstance(above, cst.Attribute) and above.attr is node) or (isinstance(above, cst.Arg) and above.keyword is node)


def _alike(code: str, other: str) -> bool:
    """Whether what mends the one mends the other: both consumers want the same instead of what they get."""
    return code == other or any({code, other} <= family for family in _FAMILIES)


def _parameter(spot: Spot, name: str) -> tuple[Spot, Function] | None:
    for above in spot.unit.above(spot.node):
        if isinstance(above, (cst.FunctionDef, cst.Lambda)):
            for each in walk(above.params):
                if isinstance(each, cst.Param) and each.name.value == name:
                    return spot.at(each.name), above
    return None


def _is_own(node: cst.Attribute) -> bool:
    """``self.p`` of another class."""
    return isinstance(node.value, cst.Name) and node.value.value in ("self", "cls")
