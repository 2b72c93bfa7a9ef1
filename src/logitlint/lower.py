"""LibCST -> ir: the only module of the analysis that knows Python's surface syntax.

A visitor with one method per syntax node. It walks by itself instead of through ``CSTNode.visit``: an empty LibCST
visitor costs as much as the parse, this walk a fiftieth, because white space and punctuation are never met.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from sys import intern
from typing import Any, TypeAlias

import libcst as cst

from logitlint.failure import short_of_failure
from logitlint.ir import (
    Arg,
    Attr,
    Bind,
    Call,
    Choose,
    Class,
    Comp,
    Const,
    Do,
    Drop,
    Exit,
    Expr,
    Func,
    If,
    Import,
    Item,
    Logic,
    Loop,
    Match,
    Name,
    Op,
    Pack,
    Param,
    Stmt,
    Store,
    Try,
    Update,
    With,
    Yield,
    body_start,
)

_OPERATORS = {
    "Add": "+", "Subtract": "-", "Multiply": "*", "Divide": "/", "FloorDivide": "//", "Modulo": "%", "Power": "**",
    "MatrixMultiply": "@", "BitAnd": "&", "BitOr": "|", "BitXor": "^", "LeftShift": "<<", "RightShift": ">>",
    "Minus": "neg", "Plus": "pos", "BitInvert": "inv", "Not": "not",
    "Equal": "==", "NotEqual": "!=", "LessThan": "<", "LessThanEqual": "<=", "GreaterThan": ">", "GreaterThanEqual": ">=",
    "Is": "is", "IsNot": "isnot", "In": "in", "NotIn": "notin", "And": "and", "Or": "or",
}  # fmt: skip
_QUOTES = ("'", '"')
_CONSTANT_NAMES = {"None": None, "True": True, "False": False, "__debug__": True}

Body: TypeAlias = "tuple[Stmt, ...]"


class Lowering:
    def __init__(self, record: dict[int, cst.CSTNode] | None = None, left_out: Container[int] = ()) -> None:
        self._count = 0
        self._record = record
        self._left_out = left_out
        self._definition: cst.CSTNode | None = None  #: what the unit defines
        self._numbers: dict[int, int] = {}  #: id of the unit's function, or of a method of its class -> its number
        self._bound: list[set[str]] = [set()]
        self._outer: list[set[str]] = [set()]
        self._yields: list[bool] = [False]

    def module(self, module: cst.Module, first: int = 0) -> Body:
        self._definition = module.body[0] if len(module.body) == 1 else None
        if isinstance(self._definition, cst.FunctionDef):
            self._numbers = {id(self._definition): 0}
        if isinstance(self._definition, (cst.FunctionDef, cst.ClassDef)):
            return self._body(module.body)
        found: list[Stmt] = []
        for number, statement in enumerate(module.body, first):
            self._count = body_start(number)
            found += self._body((statement,))
        return tuple(found)

    def completed(self, module: cst.Module, function: Func) -> Func:
        outside = module.body[0]
        assert isinstance(outside, cst.FunctionDef) and function.left_out is not None
        body, bound, outer, yields = self._inside(function.params, outside.body, function.at, function.left_out)
        return function._replace(body=body, locals=bound, outer=outer, yields=yields, left_out=None)

    def _mark(self, node: cst.CSTNode) -> int:
        at = self._count
        self._count = at + 1
        if self._record is not None:
            self._record[at] = node
        return at

    # ------------------------------------------------------------------ statements

    def _body(self, statements: Sequence[cst.CSTNode]) -> Body:
        found: list[Stmt] = []
        for statement in statements:
            if isinstance(statement, cst.SimpleStatementLine):
                for small in statement.body:
                    self._statement(small, found)
            else:
                self._statement(statement, found)
        return tuple(found)

    def _suite(self, suite: cst.BaseSuite | None) -> Body:
        return self._body(suite.body) if suite is not None else ()

    def _statement(self, node: cst.CSTNode, out: list[Stmt]) -> None:
        method = _STATEMENTS.get(type(node))
        if method is not None:
            method(self, node, out)

    def _expr_statement(self, node: cst.Expr, out: list[Stmt]) -> None:
        value = node.value
        if isinstance(value, (cst.SimpleString, cst.ConcatenatedString)):
            return  # a docstring
        at = self._mark(node)
        if isinstance(value, cst.Yield):
            out.append(Exit(at, "yield", self._yielded(value)))
        else:
            out.append(Do(at, self.expr(value)))

    def _yielded(self, node: cst.Yield) -> Expr | None:
        self._yields[-1] = True
        value = node.value
        if isinstance(value, cst.From):
            return Yield(self._mark(value), "from", self.expr(value.item))
        return self.expr(value) if value is not None else None

    def _assign(self, node: cst.Assign, out: list[Stmt]) -> None:
        at = self._mark(node)
        value = self.expr(node.value)
        targets = [self._target(t.target) for t in node.targets]
        out.append(Store(at, targets[0], value))
        for target, previous in zip(targets[1:], targets, strict=False):
            # ``a = b = value``: the further targets read the first, so that the value is evaluated once
            source = previous if isinstance(previous, (Name, Attr)) else value
            out.append(Store(at, target, source))

    def _ann_assign(self, node: cst.AnnAssign, out: list[Stmt]) -> None:
        at = self._mark(node)
        annotation = self.expr(node.annotation.annotation)
        value = self.expr(node.value) if node.value is not None else None
        if value is None:
            if self._in_class:
                out.append(Store(at, self._target(node.target), Name(at, "..."), annotation))
            return
        out.append(Store(at, self._target(node.target), value, annotation))

    _in_class = False

    def _aug_assign(self, node: cst.AugAssign, out: list[Stmt]) -> None:
        at = self._mark(node)
        name = type(node.operator).__name__.removesuffix("Assign")
        out.append(Update(at, self._target(node.target), _OPERATORS[name], self.expr(node.value)))

    def _del(self, node: cst.Del, out: list[Stmt]) -> None:
        at = self._mark(node)
        targets = node.target.elements if isinstance(node.target, (cst.Tuple, cst.List)) else [node.target]
        out.extend(Drop(at, self._target(t.value if isinstance(t, cst.BaseElement) else t)) for t in targets)

    def _return(self, node: cst.Return, out: list[Stmt]) -> None:
        out.append(Exit(self._mark(node), "return", self.expr(node.value) if node.value is not None else None))

    def _raise(self, node: cst.Raise, out: list[Stmt]) -> None:
        out.append(Exit(self._mark(node), "raise", None))

    def _break(self, node: cst.Break, out: list[Stmt]) -> None:
        out.append(Exit(self._mark(node), "break", None))

    def _continue(self, node: cst.Continue, out: list[Stmt]) -> None:
        out.append(Exit(self._mark(node), "continue", None))

    def _assert(self, node: cst.Assert, out: list[Stmt]) -> None:
        at = self._mark(node)
        out.append(If(at, self.expr(node.test), (), (Exit(at, "raise", None),)))

    def _global(self, node: cst.Global | cst.Nonlocal, out: list[Stmt]) -> None:
        self._outer[-1].update(item.name.value for item in node.names)

    def _import(self, node: cst.Import, out: list[Stmt]) -> None:
        at = self._mark(node)
        pairs = tuple((_dotted(alias.name), _alias(alias)) for alias in node.names)
        self._bound[-1].update(asname or name.partition(".")[0] for name, asname in pairs)
        out.append(Import(at, None, 0, pairs))

    def _import_from(self, node: cst.ImportFrom, out: list[Stmt]) -> None:
        at = self._mark(node)
        module = _dotted(node.module) if node.module is not None else ""
        pairs: tuple[tuple[str, str | None], ...]
        if isinstance(node.names, cst.ImportStar):
            pairs = (("*", None),)
        else:
            pairs = tuple((_dotted(alias.name), _alias(alias)) for alias in node.names)
            self._bound[-1].update(asname or name for name, asname in pairs)
        out.append(Import(at, module, len(node.relative), pairs))

    def _if(self, node: cst.If, out: list[Stmt]) -> None:
        at = self._mark(node)
        test = self.expr(node.test)
        then = self._suite(node.body)
        other: Body = ()
        if isinstance(node.orelse, cst.If):
            rest: list[Stmt] = []
            self._if(node.orelse, rest)
            other = tuple(rest)
        elif node.orelse is not None:
            other = self._suite(node.orelse.body)
        out.append(If(at, test, short_of_failure(then), short_of_failure(other)))

    def _for(self, node: cst.For, out: list[Stmt]) -> None:
        at = self._mark(node)
        source = self.expr(node.iter)
        target = self._target(node.target)
        body = self._suite(node.body)
        out.append(Loop(at, target, source, None, body, self._suite(node.orelse.body if node.orelse else None)))

    def _while(self, node: cst.While, out: list[Stmt]) -> None:
        at = self._mark(node)
        test = self.expr(node.test)
        body = self._suite(node.body)
        out.append(Loop(at, None, None, test, body, self._suite(node.orelse.body if node.orelse else None)))

    def _try(self, node: cst.Try | cst.TryStar, out: list[Stmt]) -> None:
        at = self._mark(node)
        body = self._suite(node.body)
        handlers = []
        for handler in node.handlers:
            kind = self.expr(handler.type) if handler.type is not None else None
            name = handler.name.name.value if handler.name is not None and isinstance(handler.name.name, cst.Name) else None
            if name:
                self._bound[-1].add(name)
            handlers.append((kind, name, self._suite(handler.body)))
        other = self._suite(node.orelse.body if node.orelse else None)
        out.append(Try(at, body, tuple(handlers), other, self._suite(node.finalbody.body if node.finalbody else None)))

    def _with(self, node: cst.With, out: list[Stmt]) -> None:
        at = self._mark(node)
        items = tuple((self.expr(i.item), self._target(i.asname.name) if i.asname else None) for i in node.items)
        out.append(With(at, items, self._suite(node.body)))

    def _match(self, node: cst.Match, out: list[Stmt]) -> None:
        at = self._mark(node)
        subject = self.expr(node.subject)
        cases = []
        for case in node.cases:
            test = self._pattern(case.pattern, subject)
            if case.guard is not None:
                guard = self.expr(case.guard)
                test = guard if test is None else Logic(at, "and", test, guard)
            cases.append((test, self._suite(case.body)))
        out.append(Match(at, subject, tuple(cases)))

    def _pattern(self, pattern: cst.MatchPattern, subject: Expr) -> Expr | None:
        """A test of the subject; None where the pattern matches everything."""
        at = self._mark(pattern)
        if isinstance(pattern, cst.MatchValue):
            return Op(at, "==", (subject, self.expr(pattern.value)))
        if isinstance(pattern, cst.MatchSingleton):
            return Op(at, "is", (subject, self.expr(pattern.value)))
        if isinstance(pattern, cst.MatchOr):
            tests = [self._pattern(p.pattern, subject) for p in pattern.patterns]
            joined = tests[0]
            for test in tests[1:]:
                joined = Logic(at, "or", joined, test) if joined is not None and test is not None else None
            return joined
        if isinstance(pattern, cst.MatchAs):
            test = self._pattern(pattern.pattern, subject) if pattern.pattern is not None else None
            if pattern.name is not None:
                self._bound[-1].add(pattern.name.value)
                bind = Bind(at, Name(at, pattern.name.value), subject)
                # the binding holds whatever its value: ``(name := subject) is name``
                always = Op(at, "is", (bind, bind))
                return always if test is None else Logic(at, "and", test, always)
            return test
        if isinstance(pattern, cst.MatchClass):
            return Call(at, Name(at, "isinstance"), (Arg(None, "", subject), Arg(None, "", self.expr(pattern.cls))))
        return Name(at, "...")

    def _function(self, node: cst.FunctionDef, out: list[Stmt]) -> None:
        self._bound[-1].add(node.name.value)
        out.append(self._func(node, node.name.value, node.params, node.body, node.decorators, node.asynchronous is not None))

    def _func(
        self,
        node: cst.CSTNode,
        name: str,
        parameters: cst.Parameters,
        body: cst.BaseSuite | cst.BaseExpression,
        decorators: Sequence[cst.Decorator] = (),
        is_async: bool = False,
    ) -> Func:
        at = self._mark(node)
        wraps = tuple(self.expr(d.decorator) for d in decorators)
        params = self._params(parameters)
        number = self._numbers.get(id(node))
        if number is not None and number in self._left_out:
            return Func(at, name, params, (), wraps, frozenset(), frozenset(), False, is_async, number)
        lowered, bound, outer, yields = self._inside(params, body, at, number)
        return Func(at, name, params, lowered, wraps, bound, outer, yields, is_async)

    def _inside(
        self, params: tuple[Param, ...], body: cst.BaseSuite | cst.BaseExpression, at: int, number: int | None
    ) -> tuple[Body, frozenset[str], frozenset[str], bool]:
        """The body of a function: its statements, the names it binds, those it declares elsewhere, whether it yields."""
        was_class, self._in_class = self._in_class, False
        count = self._count
        if number is not None:
            self._count = body_start(number)
        self._bound.append({p.name for p in params})
        self._outer.append(set())
        self._yields.append(False)
        lowered: Body = short_of_failure(self._suite(body)) if isinstance(body, cst.BaseSuite) else (Exit(at, "return", self.expr(body)),)
        bound, outer, yields = self._bound.pop(), self._outer.pop(), self._yields.pop()
        self._in_class = was_class
        if number is not None:
            self._count = count
        return lowered, frozenset(bound - outer), frozenset(outer), yields

    def _params(self, parameters: cst.Parameters) -> tuple[Param, ...]:
        def one(p: cst.Param, form: str) -> Param:
            default = self.expr(p.default) if p.default is not None else None
            return Param(p.name.value, form, default)

        found = [one(p, "/") for p in parameters.posonly_params]
        found += [one(p, "") for p in parameters.params]
        if isinstance(parameters.star_arg, cst.Param):
            found.append(one(parameters.star_arg, "*"))
        found += [one(p, "k") for p in parameters.kwonly_params]
        if parameters.star_kwarg is not None:
            found.append(one(parameters.star_kwarg, "**"))
        return tuple(found)

    def _class(self, node: cst.ClassDef, out: list[Stmt]) -> None:
        self._bound[-1].add(node.name.value)
        at = self._mark(node)
        wraps = tuple(self.expr(d.decorator) for d in node.decorators)
        bases = self._args([*node.bases, *node.keywords])
        was_class, self._in_class = self._in_class, True
        self._bound.append(set())
        self._outer.append(set())
        if node is self._definition:
            methods = (each for each in node.body.body if isinstance(each, cst.FunctionDef))
            self._numbers = {id(each): number for number, each in enumerate(methods)}
        body = self._suite(node.body)
        bound = self._bound.pop()
        self._outer.pop()
        self._in_class = was_class
        out.append(Class(at, node.name.value, bases, body, wraps, frozenset(bound)))

    # ------------------------------------------------------------------ targets

    def _target(self, node: cst.CSTNode) -> Expr:
        if isinstance(node, cst.Name):
            self._bound[-1].add(node.value)
            return Name(self._mark(node), intern(node.value))
        if isinstance(node, (cst.Tuple, cst.List)):
            at = self._mark(node)
            items = []
            for element in node.elements:
                form = "*" if isinstance(element, cst.StarredElement) else ""
                items.append(Arg(None, form, self._target(element.value)))
            return Pack(at, "tuple", tuple(items))
        return self.expr(node)

    # ------------------------------------------------------------------ expressions

    def expr(self, node: cst.CSTNode) -> Expr:
        method = _EXPRESSIONS.get(type(node))
        return method(self, node) if method is not None else Name(self._mark(node), "...")

    def _name(self, node: cst.Name) -> Expr:
        at = self._mark(node)
        if node.value in _CONSTANT_NAMES:
            return Const(at, _CONSTANT_NAMES[node.value])
        return Name(at, intern(node.value))

    def _literal(self, node: cst.Integer | cst.Float | cst.Imaginary | cst.SimpleString | cst.ConcatenatedString) -> Expr:
        at = self._mark(node)
        text = node.value if isinstance(node, (cst.SimpleString, cst.Integer)) else ""
        if text.isdecimal() and text.isascii():
            return Const(at, int(text))
        if text[:1] in _QUOTES and "\\" not in text and text[1:2] != text[0]:
            return Const(at, text[1:-1])  # `evaluated_value` compiles a program for each
        if isinstance(node, cst.ConcatenatedString) and node.evaluated_value is None:
            return Name(at, "...")
        try:
            return Const(at, node.evaluated_value)
        except (ValueError, SyntaxError):
            return Name(at, "...")

    def _ellipsis(self, node: cst.Ellipsis) -> Expr:
        return Const(self._mark(node), ...)

    def _formatted(self, node: cst.FormattedString) -> Expr:
        at = self._mark(node)
        items: list[Arg] = []
        for part in node.parts:
            if isinstance(part, cst.FormattedStringText):
                items.append(Arg(None, "", Const(self._mark(part), part.value)))
            elif isinstance(part, cst.FormattedStringExpression):
                items.append(Arg(None, "", self.expr(part.expression)))
        return Pack(at, "fstring", tuple(items))

    def _attribute(self, node: cst.Attribute) -> Expr:
        return Attr(self._mark(node), self.expr(node.value), intern(node.attr.value))

    def _subscript(self, node: cst.Subscript) -> Expr:
        at = self._mark(node)
        obj = self.expr(node.value)
        keys = [self._index(element.slice) for element in node.slice]
        single = len(keys) == 1 and not isinstance(node.slice[0].comma, cst.Comma)
        return Item(at, obj, keys[0] if single else Pack(at, "tuple", tuple(Arg(None, "", k) for k in keys)))

    def _index(self, node: cst.BaseSlice) -> Expr:
        if isinstance(node, cst.Index):
            return self.expr(node.value)
        at = self._mark(node)
        assert isinstance(node, cst.Slice)
        bounds = [self.expr(b) if b is not None else Const(at, None) for b in (node.lower, node.upper, node.step)]
        return Pack(at, "slice", tuple(Arg(None, "", b) for b in bounds))

    def _display(self, node: cst.Tuple | cst.List | cst.Set) -> Expr:
        at = self._mark(node)
        form = {cst.Tuple: "tuple", cst.List: "list", cst.Set: "set"}[type(node)]
        items = (Arg(None, "*" if isinstance(e, cst.StarredElement) else "", self.expr(e.value)) for e in node.elements)
        return Pack(at, form, tuple(items))

    def _dict(self, node: cst.Dict) -> Expr:
        at = self._mark(node)
        items: list[Arg] = []
        for element in node.elements:
            if isinstance(element, cst.DictElement):
                items.append(Arg(None, "", self.expr(element.key)))
                items.append(Arg(None, "", self.expr(element.value)))
            else:
                items.append(Arg(None, "**", self.expr(element.value)))
        return Pack(at, "dict", tuple(items))

    def _binary(self, node: cst.BinaryOperation) -> Expr:
        at = self._mark(node)
        left = self.expr(node.left)
        return Op(at, _OPERATORS[type(node.operator).__name__], (left, self.expr(node.right)))

    def _unary(self, node: cst.UnaryOperation) -> Expr:
        at = self._mark(node)
        operand = self.expr(node.expression)
        name = _OPERATORS[type(node.operator).__name__]
        if name == "neg" and isinstance(operand, Const) and isinstance(operand.value, (int, float, complex)):
            return Const(at, -operand.value)
        return Op(at, name, (operand,))

    def _boolean(self, node: cst.BooleanOperation) -> Expr:
        at = self._mark(node)
        left = self.expr(node.left)
        return Logic(at, _OPERATORS[type(node.operator).__name__], left, self.expr(node.right))

    def _comparison(self, node: cst.Comparison) -> Expr:
        at = self._mark(node)
        left = self.expr(node.left)
        joined: Expr | None = None
        for part in node.comparisons:
            right = self.expr(part.comparator)
            test = Op(at, _OPERATORS[type(part.operator).__name__], (left, right))
            joined = test if joined is None else Logic(at, "and", joined, test)
            left = right
        assert joined is not None
        return joined

    def _conditional(self, node: cst.IfExp) -> Expr:
        at = self._mark(node)
        test = self.expr(node.test)
        return Choose(at, test, self.expr(node.body), self.expr(node.orelse))

    def _lambda(self, node: cst.Lambda) -> Expr:
        return self._func(node, "<lambda>", node.params, node.body)

    def _call(self, node: cst.Call) -> Expr:
        at = self._mark(node)
        fn = self.expr(node.func)
        return Call(at, fn, self._args(node.args))

    def _args(self, arguments: Sequence[cst.Arg]) -> tuple[Arg, ...]:
        return tuple(Arg(a.keyword.value if a.keyword else None, a.star, self.expr(a.value)) for a in arguments)

    def _walrus(self, node: cst.NamedExpr) -> Expr:
        at = self._mark(node)
        value = self.expr(node.value)
        return Bind(at, self._target(node.target), value)

    def _comprehension(self, node: cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp) -> Expr:
        at = self._mark(node)
        loops = []
        self._bound.append(set())
        part: cst.CompFor | None = node.for_in
        while part is not None:
            source = self.expr(part.iter)
            loops.append((self._target(part.target), source, tuple(self.expr(c.test) for c in part.ifs)))
            part = part.inner_for_in
        key = self.expr(node.key) if isinstance(node, cst.DictComp) else None
        element = self.expr(node.value if isinstance(node, cst.DictComp) else node.elt)
        bound = self._bound.pop()
        form = {cst.ListComp: "list", cst.SetComp: "set", cst.GeneratorExp: "list", cst.DictComp: "dict"}[type(node)]
        return Comp(at, form, key, element, tuple(loops), frozenset(bound))

    def _await(self, node: cst.Await) -> Expr:
        return self.expr(node.expression)

    def _yield(self, node: cst.Yield) -> Expr:
        at = self._mark(node)
        return Yield(at, "yield", self._yielded(node))

    def _starred(self, node: cst.StarredElement) -> Expr:
        return self.expr(node.value)


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def _alias(alias: cst.ImportAlias) -> str | None:
    return alias.asname.name.value if alias.asname is not None and isinstance(alias.asname.name, cst.Name) else None


_Method: TypeAlias = Callable[..., Any]
_STATEMENTS: dict[type[cst.CSTNode], _Method] = {
    cst.Expr: Lowering._expr_statement,
    cst.Assign: Lowering._assign,
    cst.AnnAssign: Lowering._ann_assign,
    cst.AugAssign: Lowering._aug_assign,
    cst.Del: Lowering._del,
    cst.Return: Lowering._return,
    cst.Raise: Lowering._raise,
    cst.Break: Lowering._break,
    cst.Continue: Lowering._continue,
    cst.Assert: Lowering._assert,
    cst.Global: Lowering._global,
    cst.Nonlocal: Lowering._global,
    cst.Import: Lowering._import,
    cst.ImportFrom: Lowering._import_from,
    cst.If: Lowering._if,
    cst.For: Lowering._for,
    cst.While: Lowering._while,
    cst.Try: Lowering._try,
    cst.TryStar: Lowering._try,
    cst.With: Lowering._with,
    cst.Match: Lowering._match,
    cst.FunctionDef: Lowering._function,
    cst.ClassDef: Lowering._class,
}
_EXPRESSIONS: dict[type[cst.CSTNode], _Method] = {
    cst.Name: Lowering._name,
    cst.Integer: Lowering._literal,
    cst.Float: Lowering._literal,
    cst.Imaginary: Lowering._literal,
    cst.SimpleString: Lowering._literal,
    cst.ConcatenatedString: Lowering._literal,
    cst.Ellipsis: Lowering._ellipsis,
    cst.FormattedString: Lowering._formatted,
    cst.Attribute: Lowering._attribute,
    cst.Subscript: Lowering._subscript,
    cst.Tuple: Lowering._display,
    cst.List: Lowering._display,
    cst.Set: Lowering._display,
    cst.Dict: Lowering._dict,
    cst.BinaryOperation: Lowering._binary,
    cst.UnaryOperation: Lowering._unary,
    cst.BooleanOperation: Lowering._boolean,
    cst.Comparison: Lowering._comparison,
    cst.IfExp: Lowering._conditional,
    cst.Lambda: Lowering._lambda,
    cst.Call: Lowering._call,
    cst.NamedExpr: Lowering._walrus,
    cst.ListComp: Lowering._comprehension,
    cst.SetComp: Lowering._comprehension,
    cst.GeneratorExp: Lowering._comprehension,
    cst.DictComp: Lowering._comprehension,
    cst.Await: Lowering._await,
    cst.Yield: Lowering._yield,
    cst.StarredElement: Lowering._starred,
}
