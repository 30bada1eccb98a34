"""What pyHanko says of signed files: one JSON question a line, one JSON answer a line.

Question: {"path", "password", "roots": [PEM files], "others": [PEM files]}.
Answer: {"signatures": [{"field", "ok", "intact", "words"}]} or {"error"}.
"""
import json
import logging
import sys

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)


def context(question):
    return ValidationContext(
        trust_roots=list(load_certs_from_pemder(question["roots"])),
        other_certs=list(load_certs_from_pemder(question["others"])),
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def answer(question):
    try:
        return read(question, True)
    except Exception as error:
        # Hybrid files are refused by its strict reader alone.
        if "hybrid" not in str(error):
            raise
        return read(question, False)


def read(question, strict):
    with open(question["path"], "rb") as handle:
        reader = PdfFileReader(handle, strict=strict)
        if reader.encrypted:
            reader.decrypt(question.get("password", ""))
        signatures = []
        for signature in reader.embedded_signatures:
            try:
                if signature.sig_object["/Type"] == "/DocTimeStamp":
                    status = validate_pdf_timestamp(signature, context(question))
                else:
                    status = validate_pdf_signature(signature, context(question), context(question))
                holds = bool(status.valid and status.intact)
                # A document timestamp has no verdict over later changes.
                intact = holds and getattr(status, "docmdp_ok", None) is not False
                ok = intact and bool(status.trusted) and bool(getattr(status, "bottom_line", True))
                words = status.summary()
            except Exception as error:  # its own words are the verdict
                if strict and "hybrid" in str(error):
                    raise
                ok = intact = False
                words = f"{type(error).__name__}: {error}"
            signatures.append({"field": signature.field_name, "ok": ok, "intact": intact, "words": words})
        return {"signatures": signatures}


for line in sys.stdin:
    try:
        result = answer(json.loads(line))
    except Exception as error:
        result = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(result), flush=True)
