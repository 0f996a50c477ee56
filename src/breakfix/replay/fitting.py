"""Whether evidence belongs to this lab, this engine's images and, for a grade, this assignment."""

from __future__ import annotations

from collections.abc import Callable

from breakfix.content.loaded import LoadedLab
from breakfix.errors import EvidenceRefused
from breakfix.model.assignment import Assignment, Variant, variant
from breakfix.model.evidence import ImageIdentity, Manifest, PartEntry
from breakfix.model.session import Mode
from breakfix.model.topology import Access


def fit_lab(manifest: Manifest, loaded: LoadedLab) -> None:
    """Raises EvidenceRefused when the evidence is of another lab, or of machines it has not."""
    lab = loaded.lab
    if manifest.lab != loaded.slug:
        raise EvidenceRefused("evidence.other-lab", found=manifest.lab, lab=loaded.slug)
    if manifest.lab_version != lab.version:
        raise EvidenceRefused(
            "evidence.other-lab-version", found=manifest.lab_version, version=lab.version
        )
    if manifest.fault not in lab.faults:
        raise EvidenceRefused("evidence.unknown-fault", fault=manifest.fault)
    worked_on = {name for name, one in lab.machines.items() if one.access is not Access.NONE}
    if {part.name for part in manifest.parts} != worked_on:
        raise EvidenceRefused("evidence.other-machines", machines=", ".join(sorted(worked_on)))
    nics = {(name, nic) for name, machine in lab.machines.items() for nic in machine.nics}
    if not {(cable.machine, cable.nic) for cable in manifest.cables} <= nics:
        raise EvidenceRefused("evidence.other-machines", machines=", ".join(sorted(worked_on)))


def fit_images(manifest: Manifest, identify: Callable[[str], ImageIdentity]) -> None:
    """Raises EvidenceRefused when a machine was made of another image than this engine has."""
    for part in manifest.parts:
        if not part.image.alike(identify(part.image.name)):
            raise EvidenceRefused(
                "evidence.other-image", image=part.image.name, recipe=part.image.recipe
            )


def fit_topology(part: PartEntry, loaded: LoadedLab) -> None:
    """Raises EvidenceRefused when a part is of another image than the lab's machine is made of."""
    wanted = loaded.lab.machines[part.name].image
    if part.image.name != wanted:
        raise EvidenceRefused("evidence.other-image", image=wanted, recipe=part.image.name)


def fit_assignment(manifest: Manifest, assignment: Assignment, learner: str) -> None:
    """Raises EvidenceRefused when the evidence is not the work of `learner` for this assignment, or
    an attempt or a variant that it did not grant."""
    _fit_mode(manifest, assignment)
    if manifest.assignment != assignment.id:
        raise EvidenceRefused("evidence.other-assignment", assignment=assignment.id)
    if manifest.lab != assignment.lab:
        raise EvidenceRefused("evidence.other-lab", found=manifest.lab, lab=assignment.lab)
    if manifest.lab_version != assignment.lab_version:
        raise EvidenceRefused(
            "evidence.other-lab-version",
            found=manifest.lab_version,
            version=assignment.lab_version,
        )
    if manifest.learner != learner:
        raise EvidenceRefused("evidence.other-learner", found=manifest.learner, learner=learner)
    _fit_variant(manifest, assignment)


def _fit_mode(manifest: Manifest, assignment: Assignment) -> None:
    if manifest.mode is assignment.mode:
        return
    if manifest.mode is Mode.PRACTICE:
        raise EvidenceRefused("evidence.practice")
    raise EvidenceRefused("evidence.no-practice", assignment=assignment.id)


def _fit_variant(manifest: Manifest, assignment: Assignment) -> None:
    """In practice the learner chooses, within the pool; in an evaluation the assignment does."""
    if assignment.mode is Mode.PRACTICE:
        if manifest.fault not in assignment.faults:
            raise EvidenceRefused("evidence.other-variant")
        return
    attempt, granted = manifest.attempt, assignment.attempts
    if attempt < 1 or (granted and attempt > granted):
        raise EvidenceRefused("evidence.other-attempt", attempt=attempt, attempts=granted)
    if Variant(manifest.fault, manifest.seed) != variant(assignment, manifest.learner, attempt):
        raise EvidenceRefused("evidence.other-variant")
