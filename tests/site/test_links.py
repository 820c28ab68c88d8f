"""The finished pages: no link leads nowhere, nothing comes from another host."""

from __future__ import annotations

from pathlib import Path

from autograder.site.links import check_links


def write(folder: Path, **pages: str) -> Path:
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(f"<!doctype html><title>t</title>{text}", encoding="utf-8")
    return folder


def test_links_within_the_site_are_followed(tmp_path: Path):
    write(tmp_path, a='<h1 id="top-1">x</h1><a href="b.html#there">b</a><a href="#top-1">up</a>', b='<p id="there">')
    assert check_links(tmp_path).broken == ()


def test_a_missing_page_a_missing_heading_and_a_missing_picture_are_broken(tmp_path: Path):
    write(tmp_path, a='<a href="c.html">c</a><a href="b.html#nowhere">b</a><img src="no.png">', b="")
    broken = check_links(tmp_path).broken
    assert [problem.partition(": leads to ")[2].split(".")[0] for problem in broken] == [
        "no file",
        "no heading",
        "no file",
    ]
    assert all(problem.startswith("a.html: <") and "Mend: " in problem for problem in broken)


def test_what_is_loaded_from_another_host_is_broken_and_links_there_are_listed(tmp_path: Path):
    write(tmp_path, a='<script src="https://cdn.example/x.js"></script><a href="https://example.org/">see</a>')
    links = check_links(tmp_path)
    assert len(links.broken) == 1 and "loaded from another host" in links.broken[0]
    assert links.external == ("https://cdn.example/x.js", "https://example.org/")
