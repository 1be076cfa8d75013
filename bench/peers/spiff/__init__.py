"""SpiffWorkflow: an engine that keeps its state where the application puts it."""
