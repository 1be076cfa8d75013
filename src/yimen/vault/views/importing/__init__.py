"""Old licences by the batch at the desk: taking a table in, matching columns, watching, comparing the sample."""
