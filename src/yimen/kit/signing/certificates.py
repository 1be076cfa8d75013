"""X.509: the city's own authority, certificates of agencies, and the list of those that count no longer (RFC 5280).

A private key is reached through a function that signs, so it may lie in any store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import algos, core, crl, keys, pem, x509

Sign = Callable[[bytes], bytes]
AUTHORITY_LASTS, CERTIFICATE_LASTS, LIST_LASTS = timedelta(days=3650), timedelta(days=1095), timedelta(days=7)
ECDSA_SHA256 = {"algorithm": "sha256_ecdsa"}


@dataclass(frozen=True)
class Named:
    """Whom a certificate names. unit: the agency's code, empty for the authority itself."""

    city: str
    common: str
    unit: str = ""


@dataclass(frozen=True)
class Withdrawn:
    """A certificate that counts no longer: on the list since when, why (RFC 5280, 5.3.1), void from when."""

    serial: int
    at: datetime
    reason: str
    void_from: datetime


def authority(named: Named, public: bytes, sign: Sign, at: datetime) -> bytes:
    """A certificate that signs itself and may sign certificates and lists, DER."""
    extensions = [
        _extension("basic_constraints", x509.BasicConstraints({"ca": True, "path_len_constraint": 0}), critical=True),
        _extension("key_usage", x509.KeyUsage({"key_cert_sign", "crl_sign"}), critical=True),
        _extension("key_identifier", core.OctetString(_identifier(public))),
    ]
    return _issued(_name(named), _name(named), public, (at, at + AUTHORITY_LASTS), extensions, sign)


def certificate(named: Named, public: bytes, issuer: bytes, sign: Sign, at: datetime, list_at: str) -> bytes:
    """A certificate over an agency's key, good for signing documents, DER. list_at: where the list is published."""
    above = x509.Certificate.load(issuer)
    until = min(at + CERTIFICATE_LASTS, above["tbs_certificate"]["validity"]["not_after"].native)
    points = [
        {
            "distribution_point": x509.DistributionPointName(
                "full_name", [x509.GeneralName("uniform_resource_identifier", list_at)]
            )
        }
    ]
    extensions = [
        _extension("basic_constraints", x509.BasicConstraints({"ca": False}), critical=True),
        _extension("key_usage", x509.KeyUsage({"digital_signature", "non_repudiation"}), critical=True),
        _extension("extended_key_usage", x509.ExtKeyUsageSyntax(["1.3.6.1.5.5.7.3.36", "email_protection"])),
        _extension("key_identifier", core.OctetString(_identifier(public))),
        _extension("authority_key_identifier", x509.AuthorityKeyIdentifier({"key_identifier": above.key_identifier})),
        _extension("crl_distribution_points", x509.CRLDistributionPoints(points)),
    ]
    return _issued(_name(named), above.subject, public, (at, until), extensions, sign)


def serial_of(certificate: bytes) -> int:
    return int(x509.Certificate.load(certificate).serial_number)


def ends(certificate: bytes) -> datetime:
    """The instant after which it is out of date."""
    until: datetime = x509.Certificate.load(certificate).not_valid_after
    return until


def as_pem(certificate: bytes) -> bytes:
    return bytes(pem.armor("CERTIFICATE", certificate))


def revocation_list(issuer: bytes, withdrawn: Sequence[Withdrawn], sign: Sign, at: datetime) -> bytes:
    """The list of withdrawn certificates, signed by the authority, DER. Its number is the second it was made."""
    above = x509.Certificate.load(issuer)
    made = crl.TbsCertList(
        {
            "version": "v2",
            "signature": ECDSA_SHA256,
            "issuer": above.subject,
            "this_update": _time(at),
            "next_update": _time(at + LIST_LASTS),
            "revoked_certificates": [_entry(each) for each in withdrawn] or None,
            "crl_extensions": [
                {
                    "extn_id": "authority_key_identifier",
                    "extn_value": x509.AuthorityKeyIdentifier({"key_identifier": above.key_identifier}),
                },
                {"extn_id": "crl_number", "extn_value": core.Integer(int(at.timestamp()))},
            ],
        }
    )
    done = {
        "tbs_cert_list": made,
        "signature_algorithm": ECDSA_SHA256,
        "signature": core.OctetBitString(sign(made.dump())),
    }
    return bytes(crl.CertificateList(done).dump())


def _entry(each: Withdrawn) -> dict[str, object]:
    return {
        "user_certificate": each.serial,
        "revocation_date": _time(each.at),
        "crl_entry_extensions": [
            {"extn_id": "crl_reason", "extn_value": crl.CRLReason(each.reason)},
            {"extn_id": "invalidity_date", "extn_value": core.GeneralizedTime(each.void_from.astimezone(UTC))},
        ],
    }


def _issued(
    subject: x509.Name,
    issuer: x509.Name,
    public: bytes,
    lasts: tuple[datetime, datetime],
    extensions: list[dict[str, object]],
    sign: Sign,
) -> bytes:
    made = x509.TbsCertificate(
        {
            "version": "v3",
            # Of 159 bits, out of the key itself: the same key never gets two certificates.
            "serial_number": int.from_bytes(hashlib.sha256(public).digest()[:20], "big") >> 1,
            "signature": algos.SignedDigestAlgorithm(ECDSA_SHA256),
            "issuer": issuer,
            "validity": {"not_before": _time(lasts[0]), "not_after": _time(lasts[1])},
            "subject": subject,
            "subject_public_key_info": keys.PublicKeyInfo.load(public),
            "extensions": extensions,
        }
    )
    done = {
        "tbs_certificate": made,
        "signature_algorithm": ECDSA_SHA256,
        "signature_value": core.OctetBitString(sign(made.dump())),
    }
    return bytes(x509.Certificate(done).dump())


def _extension(name: str, value: object, *, critical: bool = False) -> dict[str, object]:
    return {"extn_id": name, "critical": critical, "extn_value": value}


def _name(named: Named) -> x509.Name:
    parts = {"country_name": "CN", "organization_name": named.city, "common_name": named.common[:64]}
    if named.unit:
        parts["organizational_unit_name"] = named.unit
    return x509.Name.build(parts)


def _identifier(public: bytes) -> bytes:
    return bytes(keys.PublicKeyInfo.load(public).sha1)


def _time(at: datetime) -> x509.Time:
    whole = at.astimezone(UTC).replace(microsecond=0)
    return x509.Time("utc_time" if whole.year < 2050 else "general_time", whole)
