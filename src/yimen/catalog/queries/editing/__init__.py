"""What the editor of drafts shows and reads: sections, widgets derived from the document's model, conflicts."""
