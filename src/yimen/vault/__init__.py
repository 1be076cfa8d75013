"""电子证照: licence kinds, licences with their identifier and signature, who holds them, and the public check of one.

It is for: drawing up, signing, revoking, showing and verifying licences, and lending their fields to forms.
It is not for: deciding who gets one (review), handing it over (results), or the paper's looks (papers).
"""
