"""The shell: page frames for citizen, desk and wall, components, form fields, CSS and the little JavaScript.

It is for the looks that all rooms share, so that a room's page is a few lines of template. It is not for pages of its
own (only the styleguide), knows no room and has no tables: what it needs from rooms they plug in through `ports`.
The contract of blocks, tags and contexts is docs/ui.md; `/ui/styleguide` shows every component.
"""
