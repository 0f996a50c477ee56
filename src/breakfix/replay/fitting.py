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
    """Raises EvidenceRefused when the evidence is not an attempt of `learner` that the assignment
    granted, or is of a variant that this attempt does not have."""
    if manifest.mode is not Mode.EVALUATION:
        raise EvidenceRefused("evidence.practice")
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
    if not 1 <= manifest.attempt <= assignment.attempts:
        raise EvidenceRefused(
            "evidence.other-attempt", attempt=manifest.attempt, attempts=assignment.attempts
        )
    if Variant(manifest.fault, manifest.seed) != variant(assignment, learner, manifest.attempt):
        raise EvidenceRefused("evidence.other-variant")
