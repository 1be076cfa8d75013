"""文书: statutory notices and receipts, sealed, numbered, verifiable by anybody (许可法 32, 38, 45; 国令716 art 9).

A paper is drawn up from facts that are frozen at that instant; its PDF/A is typeset after the commit, once, and signed.
The room knows numbers of cases as text only. It decides nothing: whether a notice is due is a matter of law and of the
later rooms, who may read one is asked through a socket, and licences themselves live in the vault.
"""
