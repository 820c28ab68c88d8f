"""A Compose file: valid by the Compose Specification's own schema, and what its services ask for.

``compose-spec.json`` is the schema of https://github.com/compose-spec/compose-spec (Apache-2.0, see
``compose-spec.LICENSE``), taken unchanged from the wheel of check-jsonschema 0.39.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Any, cast

import yaml

from autograder.docker.findings import Finding

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_SCHEMA = Path(__file__).with_name("compose-spec.json")
_MOST_SHOWN = 60
_FORMS = {  # how the values look that people get wrong most often
    "capabilities": "capabilities: [gpu]",
    "devices": "a list of mappings: devices: [{driver: nvidia, count: NUMBER, capabilities: [gpu]}]",
    "environment": "environment: {NAME: value}, or a list of NAME=value",
    "gpus": "a list of mappings: gpus: [{driver: nvidia, count: NUMBER}]",
    "ports": 'a list: ports: ["HOST:CONTAINER"]',
    "volumes": "a list: volumes: [SOURCE:TARGET:ro]",
}

Place = tuple[str | int, ...]


class ComposeError(ValueError):
    """A text that is no Compose file."""

    def __init__(self, finding: Finding):
        self.finding = finding
        super().__init__(str(finding))


@dataclass(frozen=True)
class GpuRequest:
    """What a service asks for in one entry.

    Attributes:
        place: where it stands.
        driver: "nvidia", another one, or "" if none is named.
        count: how many devices; None for all.
        is_gpu: whether "gpu" is among the capabilities.
    """

    place: Place
    driver: str
    count: int | None
    is_gpu: bool


@dataclass(frozen=True)
class Mount:
    """A folder or volume that is laid over a path of the container.

    Attributes:
        place: where it stands.
        source: path on the host, or name of a volume; "" for an anonymous one.
        target: path in the container, without a slash at the end.
        is_read_only: whether the container cannot write to it.
    """

    place: Place
    source: str
    target: str
    is_read_only: bool


@dataclass(frozen=True)
class Port:
    """A port of the container that the host offers.

    Attributes:
        place: where it stands.
        published: the host's port as text; "" if any free one is taken.
        target: the container's port as text.
    """

    place: Place
    published: str
    target: str


@dataclass(frozen=True)
class ComposeFile:
    """A valid Compose file.

    Attributes:
        data: what it says.
        lines: line of every key and list entry, from 1, by place.
    """

    data: Mapping[str, Any]
    lines: Mapping[Place, int]

    def finding(self, place: Place, problem: str, mend: str) -> Finding:
        """Return a finding about what stands at ``place``, or at the nearest place around it that is there."""
        value: Any = self.data
        known: Place = ()
        for key in place:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                break
            known = (*known, key)
        return _finding(self.lines, known, value, problem, mend)

    def service(self, name: str) -> Mapping[str, Any]:
        """Return a service; raises :class:`ComposeError` if there is none of this name."""
        services = self.data.get("services", {})
        if name not in services:
            there = ", ".join(services) or "none"
            raise ComposeError(
                self.finding(
                    ("services",), f"There is no service {name}; there is {there}.", f"name the service {name}."
                )
            )
        service: Mapping[str, Any] = services[name]
        return service

    def gpu_requests(self, name: str) -> list[GpuRequest]:
        """Return the device requests of a service, in ``deploy`` or under ``gpus``."""
        service = self.service(name)
        reserved = service.get("deploy", {}).get("resources", {}).get("reservations", {}).get("devices", [])
        base: Place = ("services", name, "deploy", "resources", "reservations", "devices")
        found = [self._request((*base, number), device) for number, device in enumerate(reserved)]
        gpus = service.get("gpus", [])
        if isinstance(gpus, str):  # the schema allows "all" only
            return [*found, GpuRequest(("services", name, "gpus"), "", None, is_gpu=True)]
        for number, device in enumerate(gpus):
            request = self._request(("services", name, "gpus", number), device)
            found.append(GpuRequest(request.place, request.driver, request.count, is_gpu=True))
        return found

    def mounts(self, name: str) -> list[Mount]:
        """Return what is mounted into a service."""
        return [
            _mount(("services", name, "volumes", number), volume)
            for number, volume in enumerate(self.service(name).get("volumes", []))
        ]

    def ports(self, name: str) -> list[Port]:
        """Return the ports of a service."""
        return [
            _port(("services", name, "ports", number), port)
            for number, port in enumerate(self.service(name).get("ports", []))
        ]

    def environment(self, name: str) -> dict[str, str]:
        """Return the environment of a service, whether it is written as a list or as a mapping."""
        given = self.service(name).get("environment", {})
        if isinstance(given, list):
            return {key: value for key, _, value in (str(item).partition("=") for item in given)}
        return {key: "" if value is None else str(value) for key, value in given.items()}

    def _request(self, place: Place, device: Mapping[str, Any]) -> GpuRequest:
        count: int | None = None
        asked = str(device.get("count", "all"))
        if device.get("device_ids"):
            count = len(device["device_ids"])
        elif asked.isdecimal():
            count = int(asked)
        elif asked != "all":
            problem = f"{asked} is neither a number nor all."
            raise ComposeError(self.finding((*place, "count"), problem, "count: 1"))
        return GpuRequest(place, str(device.get("driver", "")), count, "gpu" in device.get("capabilities", []))


def parse_compose(text: str) -> ComposeFile:
    """Parse a Compose file and hold it against the schema.

    Raises:
        ComposeError: if it is not YAML, uses a key twice, or breaks the schema; it names line and place.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark is not None else ""
        shown = text.splitlines()[mark.line].strip() if mark is not None and mark.line < len(text.splitlines()) else ""
        problem = f"This is not YAML: {getattr(error, 'problem', None) or error}."
        mend = "indent with spaces, two for each level, and write a space behind each colon."
        raise ComposeError(Finding(where, shown, problem, mend)) from None
    if not isinstance(data, dict):
        raise ComposeError(Finding("", "", "The file is no mapping.", "begin with services: and indent below it."))
    lines: dict[Place, int] = {}
    for place, line in _places(node, (), ()):
        if place in lines:
            problem = f"The key {place[-1]} stands here twice; YAML would keep one of them without a word."
            raise ComposeError(Finding(f"line {line}, {_dotted(place)}", "", problem, "join the two."))
        lines[place] = line
    broken = _broken_rule(data)
    if broken is not None:
        raise ComposeError(_said(broken, lines))
    return ComposeFile(data, lines)


def _broken_rule(data: Any) -> ValidationError | None:
    from jsonschema.exceptions import best_match  # it imports slowly, and most who import this module need no schema

    errors = list(_validator().iter_errors(data))
    # One bad value makes the schema take every key beside it for an unknown one: then only the value is worth a word.
    causes = [error for error in errors if error.validator != "unevaluatedProperties"]
    return best_match(causes or errors)


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def _said(broken: ValidationError, lines: Mapping[Place, int]) -> Finding:
    """Put a broken rule of the schema into words."""
    place, value = tuple(broken.absolute_path), cast(Any, broken.instance)
    if broken.validator in ("additionalProperties", "unevaluatedProperties"):
        key = next((key for key in value if f"'{key}'" in broken.message), "")
        problem = f"The Compose Specification knows no key {key} in this place."
        mend = "correct the key, or indent it below the key that it belongs to."
        return _finding(lines, (*place, key), value.get(key), problem, mend)
    if broken.validator == "required":
        missing = next(key for key in cast(Any, broken.validator_value) if key not in value)
        return _finding(lines, place, value, f"{broken.message}.", f"add {_FORMS.get(missing, f'the key {missing}')}")
    key = next((key for key in reversed(place) if isinstance(key, str)), "the file")
    form = _FORMS.get(key, "write it in the form that the Compose Specification gives for this key.")
    return _finding(lines, place, value, f"{key} does not take this value: {broken.message[:200]}.", form)


def _places(node: Any, place: Place, around: tuple[int, ...]) -> Iterator[tuple[Place, int]]:
    """Return the place and line of everything in a node; ``around`` are the ids of the nodes that it is in."""
    if id(node) in around:
        problem = "This alias stands inside of what it repeats, so the file never ends."
        where = f"line {node.start_mark.line + 1}, {_dotted(place)}"
        raise ComposeError(Finding(where, "", problem, "write out what you mean."))
    around = (*around, id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*place, key.value), key.start_mark.line + 1
            yield from _places(value, (*place, key.value), around)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*place, number), value.start_mark.line + 1
            yield from _places(value, (*place, number), around)


def _dotted(place: Place) -> str:
    text = ""
    for key in place:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def _finding(lines: Mapping[Place, int], place: Place, value: Any, problem: str, mend: str) -> Finding:
    known = place
    while known and known not in lines:
        known = known[:-1]
    line = f"line {lines[known]}, " if known else ""
    shown = json.dumps(value, default=str)
    if len(shown) > _MOST_SHOWN:
        shown = ""
    return Finding(f"{line}{_dotted(place)}" if place else "", shown, problem, mend)


def _mount(place: Place, volume: str | Mapping[str, Any]) -> Mount:
    if not isinstance(volume, str):
        source = str(volume.get("source", ""))
        return Mount(place, source, _path(volume.get("target", "")), bool(volume.get("read_only")))
    source, colon, rest = volume.partition(":")
    if not colon:
        return Mount(place, "", _path(source), is_read_only=False)
    target, _, options = rest.partition(":")
    return Mount(place, source, _path(target), "ro" in options.split(","))


def _path(text: str) -> str:
    return normpath(text) if text else ""


def _port(place: Place, port: str | int | Mapping[str, Any]) -> Port:
    if isinstance(port, Mapping):
        return Port(place, str(port.get("published", "")), str(port["target"]))
    *host, target = str(port).partition("/")[0].split(":")
    return Port(place, host[-1] if host else "", target)
