"""表单: what is asked in a form, how an answer is checked and shown, and what is already known (prefill sockets).

It is for: the fields of an edition, their pages, liberal reading and strict checking of answers, prefill from sources
that other rooms plug in; the field library (数据元) that forms are made of. It is not for: storing answers
(applications) or deciding completeness (law).
"""
