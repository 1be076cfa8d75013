"""申请: a draft and what is put into it, until it is submitted; the number is born here.

A draft is private and has no legal effect: it can be changed, continued on another device, or discarded.
Submission speaks ApplicationSubmitted and ends this room's part; the case is the next room's.
"""
