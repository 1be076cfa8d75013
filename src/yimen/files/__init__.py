"""Files that people upload and the platform produces: hash, type by content, name, kept sealed.

A file knows nobody: whoever owns a reference to it (a material, a paper) asks who may read it. The same content is kept
once. Bytes go through Django's default storage, sealed before they leave the process, so a foreign store sees nothing.
"""
