"""People, firms and staff: who they are, how sure we are, who may act for whom, who holds which post; signing in.

A subject is whom the city deals with: (document, number), natural or legal. A user is an account. Numbers and contact
data lie sealed; a keyed hash finds them. Duties come from posts held now, never from a flag on the account.
"""
