"""Judge a learner's Dockerfile or Compose file, with a message that names the line and the mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import normpath

from autograder.docker.compose import ComposeError, ComposeFile, parse_compose
from autograder.docker.dockerfile import DockerfileError
from autograder.docker.findings import Finding, require_none
from autograder.docker.walk import Project

Rule = Callable[[Project], Iterable[Finding]]


def require_dockerfile(call: str, text: str, files: Mapping[str, bytes], *rules: Rule) -> None:
    """Fail a test with the first thing that a rule finds.

    Args:
        call: the call that returned ``text``.
        text: a Dockerfile.
        files: the build context.
        rules: from :mod:`autograder.docker.review`, most important first.

    Raises:
        autograder.expect.Mismatch: with line, problem and mend.
    """
    project = Project(text, files)
    found: list[Finding] = []
    try:
        for rule in rules:
            found += rule(project)
    except DockerfileError as error:
        found = [error.finding]
    require_none(call, found)


def require_compose(
    call: str,
    text: str,
    service: str,
    *,
    image: str | None = None,
    gpus: int | None = None,
    ports: Mapping[str, str] | None = None,
    mounts: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    has_init: bool = False,
) -> None:
    """Fail a test with the first property that a service of a Compose file lacks; what is None is not looked at.

    Args:
        call: the call that returned ``text``.
        text: a Compose file.
        service: name of the service.
        image: its image.
        gpus: how many NVIDIA GPUs it asks for, in one request.
        ports: host port -> container port, and no others.
        mounts: path in the container -> path on the host, read-only, and no others.
        environment: variables with their values.
        has_init: whether an init must be PID 1.

    Raises:
        autograder.expect.Mismatch: with place, problem and mend.
    """
    try:
        compose = parse_compose(text)
        settings = compose.service(service)
        found: list[Finding] = []
        if image is not None and settings.get("image") != image:
            problem = f"The image is not {image}."
            found.append(compose.finding(("services", service, "image"), problem, f"image: {image}"))
        if gpus is not None:
            found += _gpus(compose, service, gpus)
        if ports is not None:
            found += _ports(compose, service, ports)
        if mounts is not None:
            found += _mounts(compose, service, mounts)
        for name, value in (environment or {}).items():
            if compose.environment(service).get(name) != value:
                at = ("services", service, "environment", name)
                found.append(compose.finding(at, f"{name} is not {value}.", f"environment: {{{name}: {value}}}"))
        if has_init and settings.get("init") is not True:
            problem = "Without an init, PID 1 is the program itself and ignores signals that it does not handle."
            found.append(compose.finding(("services", service, "init"), problem, "init: true"))
    except ComposeError as error:
        found = [error.finding]
    require_none(call, found)


def _gpus(compose: ComposeFile, service: str, wanted: int) -> Iterator[Finding]:
    requests = compose.gpu_requests(service)
    form = f"devices: [{{driver: nvidia, count: {wanted}, capabilities: [gpu]}}] below deploy.resources.reservations"
    if not requests:
        place = ("services", service, "devices")
        if "devices" in compose.service(service):
            problem = "devices below the service are device files; the toolkit is not asked, and no driver is mounted."
        elif "runtime" in compose.service(service):
            place = ("services", service, "runtime")
            problem = "runtime: nvidia chooses the runtime, and reserves no GPU."
        else:
            problem = "The service asks for no GPU: a container sees none unless it is given one."
        yield compose.finding(place, problem, form)
        return
    if len(requests) > 1:
        yield compose.finding(requests[1].place, "A second request asks for further GPUs.", "keep one request.")
        return
    request = requests[0]
    if not request.is_gpu:
        yield compose.finding((*request.place, "capabilities"), "No capability is gpu.", "capabilities: [gpu]")
    if request.driver not in ("", "nvidia"):
        yield compose.finding((*request.place, "driver"), f"{request.driver} is not NVIDIA's driver.", "driver: nvidia")
    if request.count != wanted:
        asked = "all GPUs" if request.count is None else f"{request.count} GPUs"
        yield compose.finding(request.place, f"This asks for {asked}, not for {wanted}.", f"count: {wanted}")


def _ports(compose: ComposeFile, service: str, wanted: Mapping[str, str]) -> Iterator[Finding]:
    there = compose.ports(service)
    for host, container in wanted.items():
        form = f'ports: ["{host}:{container}"]'
        if any((port.published, port.target) == (host, container) for port in there):
            continue
        turned = next((port for port in there if (port.published, port.target) == (container, host)), None)
        if turned is not None:
            yield compose.finding(turned.place, "Host and container are exchanged: the host's port comes first.", form)
        else:
            place = there[0].place if there else ("services", service, "ports")
            yield compose.finding(place, f"Port {host} of the host does not lead to {container}.", form)
        return
    if len(there) > len(wanted):
        yield compose.finding(("services", service, "ports"), "There is one port too many.", "remove the others.")


def _mounts(compose: ComposeFile, service: str, wanted: Mapping[str, str]) -> Iterator[Finding]:
    there = {mount.target: mount for mount in compose.mounts(service)}
    for target, source in wanted.items():
        form = f"volumes: [{source}:{target}:ro]"
        mount = there.pop(target, None)
        if mount is None:
            yield compose.finding(("services", service, "volumes"), f"Nothing is mounted at {target}.", form)
        elif normpath(mount.source) != normpath(source) or not mount.source.startswith((".", "/", "~")):
            named = f"{mount.source} is the name of a volume, which begins empty; a path begins with ./."
            problem = named if "/" not in mount.source else f"{mount.source} is not {source}."
            yield compose.finding(mount.place, problem, form)
        elif not mount.is_read_only:
            yield compose.finding(mount.place, "The container can write to this folder of the host.", form)
    for mount in there.values():
        problem = f"This mount covers what the image has in {mount.target}."
        yield compose.finding(mount.place, problem, "remove it: the image brings its files.")
