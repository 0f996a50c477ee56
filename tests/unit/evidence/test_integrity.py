"""Foreign changes to the system are put back and told; a learner's own work is left alone."""

from __future__ import annotations

import hashlib
import io
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakfix.evidence.filtering import filtered
from breakfix.evidence.indexing import index_of
from breakfix.evidence.integrity import compare
from breakfix.evidence.members import member_of
from breakfix.evidence.places import SYSTEM_FOLDERS, is_system
from breakfix.evidence.states import Paths
from breakfix.messages import Language, catalogue
from breakfix.model.evidence import Baseline, Comparison, Concern, FileIndex, Member, MemberKind
from tests.unit.evidence.machines import at, info, part, typical

FOLDER, LINK, HARD = MemberKind.FOLDER, MemberKind.LINK, MemberKind.HARD_LINK


def index(*members: Member) -> FileIndex:
    """An index of these members."""
    return FileIndex({member.path: member for member in members})


IMAGE = index(
    at("/usr/bin", FOLDER),
    at("/usr/bin/ss"),
    at("/usr/bin/sudo", mode=0o4755),
    at("/usr/bin/ping", capability=True),
    at("/usr/bin/perl"),
    at("/usr/bin/perl5", HARD, "/usr/bin/perl"),
    at("/usr/bin/awk", LINK, "mawk", 0o777),
    at("/usr/lib/tool", FOLDER),
    at("/usr/lib/tool/a"),
    at("/usr/lib/tool/b"),
    at("/usr/lib/toolbox"),
)


def told(members: list[Member], *deleted: str, **how: object) -> Comparison:
    """The comparison of a part with these members and deletions."""
    values: dict[str, object] = {"image": IMAGE, "baseline": Baseline(), "declared": ()} | how
    return compare(part(members, *deleted), **values)  # type: ignore[arg-type]


def said(comparison: Comparison) -> dict[str, set[Concern]]:
    """The concerns about each path."""
    found: dict[str, set[Concern]] = {}
    for one in comparison.findings:
        assert one.machine == "pc"
        found.setdefault(one.path, set()).add(one.concern)
    return found


FOREIGN = [
    at("/usr/bin/ss", content="mine"),
    at("/usr/bin/ss", mode=0o777),
    at("/usr/bin/ss", mode=0o4755),
    at("/usr/bin/ss", capability=True),
    at("/usr/bin/ss", LINK, "/opt/ss"),
    at("/usr/bin/ss", FOLDER),
    at("/usr/bin/ss", MemberKind.PIPE),
    replace(at("/usr/bin/ss"), uid=1000),
    replace(at("/usr/bin/ss"), gid=1000),
    at("/usr/bin/sudo"),
    at("/usr/bin/ping"),
    at("/usr/bin/perl5", content="mine"),
    at("/usr/bin/awk", LINK, "/opt/awk"),
    at("/usr/bin", FOLDER, mode=0o777),
    at("/usr/lib/tool", LINK, "/opt/tool"),
]


@pytest.mark.parametrize("member", FOREIGN)
def test_a_foreign_system_file_is_put_back(member: Member) -> None:
    """Another content, kind, owner or permission than the image's is not restored, and told."""
    got = told([member])
    assert got.put_back == {member.path}
    assert said(got) == {member.path: {Concern.PUT_BACK}}
    assert got.from_baseline == frozenset()


@pytest.mark.parametrize("member", IMAGE.members.values())
def test_a_system_file_as_the_image_has_it_is_fine(member: Member) -> None:
    """A file that was touched, or changed and changed back, is nobody's concern."""
    members = [member]
    if member.kind is HARD:
        members = [IMAGE.members[member.content], member]
    assert told(members) == Comparison()


def test_a_hard_link_is_the_file_it_shares() -> None:
    """Which of two equal paths holds the file makes no difference."""
    perl = at("/usr/bin/perl5")
    assert told([perl]) == Comparison()


def test_a_hard_link_to_nothing_is_never_expected() -> None:
    """A link whose file is not in the part is foreign, also where nothing was expected."""
    assert told([at("/usr/bin/ss", HARD, "/opt/none")]).put_back == {"/usr/bin/ss"}
    new = said(told([at("/usr/bin/new", HARD, "/opt/none")]))
    assert new == {"/usr/bin/new": {Concern.NEW_PROGRAM}}


def test_a_system_file_as_the_fault_left_it_is_fine() -> None:
    """What the lab itself broke in the system is part of the expected machine."""
    broken = at("/usr/bin/ss", content="broken")
    baseline = Baseline(index(broken), ("/usr/lib/tool",))
    assert told([broken], "/usr/lib/tool", baseline=baseline) == Comparison()
    assert told([], "/usr/lib/tool/a", baseline=baseline) == Comparison()


def test_repairing_what_the_fault_broke_in_the_system_is_fine() -> None:
    """Putting the image's own file back is a repair, not a foreign change."""
    baseline = Baseline(index(at("/usr/bin/ss", content="broken")))
    assert told([at("/usr/bin/ss")], baseline=baseline) == Comparison()


def test_what_is_put_back_is_put_back_as_the_fault_left_it() -> None:
    """A foreign change on a broken system file gives the broken file, not a healed one."""
    baseline = Baseline(
        index(at("/usr/bin/ss", content="broken"), at("/usr/bin/extra")), ("/usr/bin/awk",)
    )
    members = [
        at("/usr/bin/awk", content="mine"),
        at("/usr/bin/extra", content="mine"),
        at("/usr/bin/sudo", content="mine"),
        at("/usr/bin/ss", content="mine"),
    ]
    got = told(members, baseline=baseline)
    assert got.put_back == {member.path for member in members}
    assert got.from_baseline == {"/usr/bin/awk", "/usr/bin/extra", "/usr/bin/ss"}


@pytest.mark.parametrize("path", ["/usr/bin/ss", "/usr/lib/tool", "/usr/lib/tool/a"])
def test_a_deleted_system_file_comes_back(path: str) -> None:
    """Deleting what the image owns is not done again, and told."""
    got = told([], path)
    assert got.put_back == {path}
    assert said(got) == {path: {Concern.PUT_BACK}}


def test_a_deleted_system_folder_comes_back_as_the_fault_left_it() -> None:
    """What the fault changed in a folder that comes back is changed there too."""
    baseline = Baseline(index(at("/usr/lib/tool/a", content="broken")), ("/usr/lib/tool/b",))
    got = told([], "/usr/lib/tool", baseline=baseline)
    assert got.from_baseline == {"/usr/lib/tool/a", "/usr/lib/tool/b"}


def test_a_folder_whose_permissions_are_put_back_keeps_its_files() -> None:
    """Putting a folder's permissions back says nothing about what stands in it."""
    baseline = Baseline(index(at("/usr/lib/tool/a", content="broken")))
    members = [at("/usr/lib/tool", FOLDER, mode=0o777), at("/usr/lib/tool/a")]
    got = told(members, baseline=baseline)
    assert got.put_back == {"/usr/lib/tool"}
    assert got.from_baseline == frozenset()


def test_what_hangs_on_a_put_back_file_goes_too() -> None:
    """Hard links to it, and files in a folder that the system has not, can't be restored."""
    members = [
        at("/usr/bin/perl", content="mine"),
        at("/usr/bin/ss", FOLDER),
        at("/usr/bin/ss/deep", FOLDER),
        at("/usr/bin/ss/deep/file"),
        at("/usr/bin/xx", HARD, "/usr/bin/perl"),
        at("/usr/bin/yy"),
    ]
    got = told(members)
    assert got.put_back == {member.path for member in members} - {"/usr/bin/yy"}
    assert said(got)["/usr/bin/perl"] == {Concern.PUT_BACK}


def test_new_files_among_programs_are_told_and_kept() -> None:
    """A file that was added to the system's folders stays; a folder is not worth a word."""
    got = told([at("/usr/lib/new", FOLDER), at("/usr/lib/new/x"), at("/usr/bin/mine")])
    assert got.put_back == frozenset()
    assert said(got) == {
        "/usr/lib/new/x": {Concern.NEW_PROGRAM},
        "/usr/bin/mine": {Concern.NEW_PROGRAM},
    }


def test_declared_files_may_change() -> None:
    """Files of packages that the lab lets change are told as such, and restored."""
    members = [at("/usr/bin/ss", content="newer"), at("/usr/bin/extra")]
    got = told(
        members,
        "/usr/lib/tool",
        declared=[
            "/usr/bin/ss",
            "/usr/bin/extra",
            *(f"/usr/lib/tool{x}" for x in ("", "/a", "/b")),
        ],
    )
    assert got.put_back == frozenset()
    assert set.union(*said(got).values()) == {Concern.DECLARED}
    half = told([], "/usr/lib/tool", declared=["/usr/lib/tool/a"])
    assert half.put_back == {"/usr/lib/tool"}


def test_a_packages_list_declares_its_files_and_no_folders() -> None:
    """A list like dpkg's names folders, and programs by the old paths."""
    listed = ["/.", "/bin", "/bin/ss", "/usr", "/usr/bin", "/usr/lib/tool"]
    members = [
        at("/usr/bin", FOLDER, mode=0o777),
        at("/usr/bin/ss", content="newer"),
        at("/usr/lib/tool/a", content="mine"),
    ]
    assert said(told(members, declared=listed)) == {
        "/usr/bin": {Concern.PUT_BACK},
        "/usr/bin/ss": {Concern.DECLARED},
        "/usr/lib/tool/a": {Concern.PUT_BACK},
    }


SENSITIVE = [
    "/etc/ld.so.preload", "/etc/ld.so.conf", "/etc/ld.so.conf.d/x.conf", "/etc/ld.so.cache",
    "/etc/nsswitch.conf", "/etc/pam.d/su", "/etc/security/limits.conf", "/etc/profile",
    "/etc/profile.d/x.sh", "/etc/bash.bashrc", "/etc/environment",
    "/etc/systemd/system-generators/x", "/etc/systemd/system/nginx.service",
    "/etc/systemd/system/nginx.service.d/x.conf", "/usr/local/bin/ss", "/usr/local/sbin/nft",
    "/usr/local/lib/x.so", "/usr/local/lib/python3.11/dist-packages/x.py", "/etc/udev/rules.d/x",
    "/etc/alternatives/awk", "/etc/apt/sources.list", "/etc/init.d/nginx", "/etc/rc.local",
    "/etc/crontab", "/etc/cron.d/x", "/var/spool/cron/crontabs/root", "/root/.bashrc",
]  # fmt: skip


@pytest.mark.parametrize("path", SENSITIVE)
def test_a_change_in_a_sensitive_place_is_told(path: str) -> None:
    """A file from which programs can be fooled is kept, and told; so is its loss."""
    got = told([at(path)])
    assert (got.put_back, said(got)) == (frozenset(), {path: {Concern.SENSITIVE}})
    assert said(told([], path)) == {path: {Concern.SENSITIVE}}


@pytest.mark.parametrize("path", SENSITIVE)
def test_a_sensitive_place_as_the_lab_left_it_is_fine(path: str) -> None:
    """What the lab put there itself is not told, nor what it took away."""
    assert told([at(path)], baseline=Baseline(index(at(path)))) == Comparison()
    assert told([], path, baseline=Baseline(deleted=(path,))) == Comparison()


def test_what_stands_above_a_sensitive_place_counts_too() -> None:
    """A folder of sensitive files that became a link or went is told; one that is there is not."""
    assert said(told([at("/etc/systemd", LINK, "/opt")])) == {"/etc/systemd": {Concern.SENSITIVE}}
    assert said(told([], "/etc/systemd")) == {"/etc/systemd": {Concern.SENSITIVE}}
    assert told([at("/etc/systemd", FOLDER), at("/etc/pam.d", FOLDER)]) == Comparison()


WANTS = "/etc/systemd/system/multi-user.target.wants"


@pytest.mark.parametrize(
    ("path", "target", "plain"),
    [
        (f"{WANTS}/nginx.service", "/lib/systemd/system/nginx.service", True),
        (f"{WANTS}/nginx.service", "/usr/lib/systemd/system/nginx.service", True),
        (f"{WANTS}/getty@tty1.service", "/lib/systemd/system/getty@.service", True),
        ("/etc/systemd/system/apache2.service", "/dev/null", True),
        (f"{WANTS}/nginx.service", "/lib/systemd/system/sleep.service", False),
        (f"{WANTS}/nginx.service", "/lib/systemd/system/../../../opt/nginx.service", False),
        (f"{WANTS}/nginx.service", "/etc/systemd/system/nginx.service", False),
        (f"{WANTS}/nginx.service", "/opt/nginx.service", False),
        ("/etc/systemd/system/nginx.service", "/lib/systemd/system/nginx.service", False),
        ("/etc/nsswitch.conf", "/dev/null", False),
    ],
)
def test_switching_a_unit_of_the_system_is_plain_work(path: str, target: str, plain: bool) -> None:  # noqa: FBT001
    """`systemctl enable` and `mask` are not told; a link to another unit is."""
    got = told([at(path, LINK, target)])
    assert got.findings == () if plain else said(got) == {path: {Concern.SENSITIVE}}


def test_switching_a_unit_off_is_plain_work() -> None:
    """`systemctl disable` is not told."""
    assert told([], f"{WANTS}/nginx.service") == Comparison()


def test_files_that_give_rights_are_told() -> None:
    """Setuid, setgid and capabilities are told wherever they are, unless they were expected."""
    members = [
        at("/home/els/a", mode=0o4755),
        at("/home/els/b", mode=0o2755),
        at("/home/els/c", capability=True),
        at("/home/els/d", FOLDER, mode=0o2755),
        at("/home/els/e", HARD, "/home/els/a"),
        at("/home/els/f"),
    ]
    want = {path: {Concern.PRIVILEGED} for path in ("/home/els/a", "/home/els/b", "/home/els/c")}
    assert said(told(members)) == want | {"/home/els/e": {Concern.PRIVILEGED}}
    assert told(members[:1], baseline=Baseline(index(members[0]))) == Comparison()
    both = {Concern.PRIVILEGED, Concern.NEW_PROGRAM}
    assert said(told([at("/usr/bin/mine", mode=0o4755)])) == {"/usr/bin/mine": both}


@pytest.mark.parametrize(
    "path", ["/etc/hosts", "/home/els/x", "/var/www/x", "/usr/binary", "/usr/share/nginx/html/x"]
)
def test_ordinary_work_is_nobodys_concern(path: str) -> None:
    """Settings, pages and own files are not told, changed or deleted."""
    assert told([at(path)]) == Comparison()
    assert told([], path) == Comparison()


def test_a_part_is_written_without_what_is_put_back(tmp_path: Path) -> None:
    """The filtered archive has all other members, with their content."""
    source = typical(tmp_path / "pc.tar")
    filtered(source, {"/opt/b", "/opt/c", "/opt/link"}, tmp_path / "less.tar")
    with tarfile.open(source) as before, tarfile.open(tmp_path / "less.tar") as after:
        names = [one.name for one in before]
        assert [one.name for one in after] == [
            name for name in names if name not in {"opt/b", "opt/c", "opt/link"}
        ]
        shared = after.extractfile("opt/a")
        assert shared is not None
        assert shared.read() == b"shared"
        assert after.getmember("opt/able").pax_headers == before.getmember("opt/able").pax_headers


def test_an_index_has_what_stands_in_the_systems_folders(tmp_path: Path) -> None:
    """Files, folders, links and hard links of an exported image, and nothing beside them."""
    with tarfile.open(tmp_path / "image.tar", "w") as image:
        for name in ("etc/", "usr/bin/"):
            image.addfile(info(name, tarfile.DIRTYPE))
        ss = info("usr/bin/ss")
        ss.size = 2
        image.addfile(ss, io.BytesIO(b"ss"))
        image.addfile(info("etc/hosts"))
        image.addfile(info("usr/bin/sockets", tarfile.LNKTYPE, "usr/bin/ss"))
        image.addfile(info("usr/bin/awk", tarfile.SYMTYPE, "mawk"))
        image.addfile(info("usr/bin/null", tarfile.CHRTYPE))
    with (tmp_path / "image.tar").open("rb") as stream:
        made = index_of(stream)
    assert list(made.members) == [
        "/usr/bin", "/usr/bin/ss", "/usr/bin/sockets", "/usr/bin/awk",
    ]  # fmt: skip
    assert made.members["/usr/bin/sockets"].content == "/usr/bin/ss"
    assert made.members["/usr/bin/ss"].content == hashlib.sha256(b"ss").hexdigest()


def test_a_kind_in_the_mode_is_no_difference() -> None:
    """Some engines put a path's kind into its mode; only the permissions are compared."""
    odd = info("usr/bin")
    odd.mode = 0o100755
    assert member_of(odd, "", capability=False).mode == 0o755


PIECES = st.lists(st.sampled_from(["a", "b", "a.b", "a-b", "a0"]), min_size=1, max_size=3)
PATHS = st.lists(PIECES.map(lambda pieces: "/" + "/".join(pieces)), max_size=12)


@given(paths=PATHS, path=PIECES.map(lambda pieces: "/" + "/".join(pieces)))
def test_paths_below_another_are_found(paths: list[str], path: str) -> None:
    """Looking up by order finds exactly the path and those below it."""
    want = {one for one in paths if one == path or one.startswith(f"{path}/")}
    assert set(Paths(set(paths)).within(path)) == want


def test_the_administrators_folder_is_not_the_systems() -> None:
    """`/usr/local` belongs to the machine's administrator, whom the learner plays."""
    assert not is_system("/usr/local/bin/x")
    assert all(is_system(f"{folder}/x") for folder in SYSTEM_FOLDERS)


@pytest.mark.parametrize("language", list(Language))
def test_every_concern_has_a_sentence(language: Language) -> None:
    """A teacher reads why a path is told, in both languages."""
    assert all(catalogue(language)[f"concern.{concern}"] for concern in Concern)
