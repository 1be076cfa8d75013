"""计时: every legal countdown: started, paused, resumed, extended, stopped; whom it binds; when it warns and falls due.

Cases, complaints and poor ratings all run against time here; supervision watches this one place. The arithmetic is
in `law`. Each row stores the next instant at which somebody must look, so a sweep costs what is newly due.
It doesn't know what it counts for: `about` is a number.
"""
