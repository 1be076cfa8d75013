"""大厅: which window may do what for which agency (窗口授权). Queues and appointments come to this room later.

An agency entrusts its power of acceptance (受理权) to a comprehensive window by a dated authorisation; a window may
accept only while one is in force, and decide instant items only where the authorisation says so (许可法 24, 34).
"""
