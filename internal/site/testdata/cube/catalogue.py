"""Reads a DCAT catalogue with rdflib and prints its data sets with their files: {data set: {"title": {language: text}, "files": {address: media type}}}."""
import json
import sys

from rdflib import Graph, Namespace, RDF

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
graph = Graph().parse(sys.argv[1], format="json-ld")
(catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
assert list(graph.objects(catalogue, DCT.title)) and list(graph.objects(catalogue, DCT.description))
out = {}
for item in graph.objects(catalogue, DCAT.dataset):
    assert (item, RDF.type, DCAT.Dataset) in graph, item
    assert list(graph.objects(item, DCT.description)), item
    (modified,) = graph.objects(item, DCT.modified)
    modified.toPython().isoformat()
    files = {}
    for file in graph.objects(item, DCAT.distribution):
        assert (file, RDF.type, DCAT.Distribution) in graph, file
        (address,) = graph.objects(file, DCAT.downloadURL)
        (media,) = graph.objects(file, DCAT.mediaType)
        files[str(address)] = str(media)
    (identifier,) = graph.objects(item, DCT.identifier)
    out[str(identifier)] = {"title": {t.language: str(t) for t in graph.objects(item, DCT.title)}, "files": files}
print(json.dumps(out))
