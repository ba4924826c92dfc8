"""Says with openapi-spec-validator whether a description is OpenAPI 3.1."""
import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator

spec = json.load(open(sys.argv[1], encoding="utf-8"))
errors = [e.message for e in OpenAPIV31SpecValidator(spec).iter_errors()]
print("\n".join(errors))
sys.exit(bool(errors))
