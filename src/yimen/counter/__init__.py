"""综合窗口: intake on behalf of somebody who walked in: who, what, checklist, scans, submit, print.

It has no tables: it calls the same commands of applications and cases as the web does, with `by` the clerk and on
behalf of the applicant. It never meets the back office: front and back see each other only in the case.
"""
