from renewal.domain.actor import APPLICANT, SYSTEM, Actor, ActorKind


def test_a_clerk_who_is_called_applicant_is_no_applicant() -> None:
    assert Actor(ActorKind.STAFF, APPLICANT.name) != APPLICANT
    assert Actor(ActorKind.APPLICANT, "申请人") == APPLICANT


def test_what_nobody_did_is_the_systems() -> None:
    assert SYSTEM.kind is ActorKind.SYSTEM
