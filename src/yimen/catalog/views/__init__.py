"""Doors of the editors' desk: what is in the catalogue, one edition, uploading a document."""
