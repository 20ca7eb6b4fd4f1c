"""Judging in the pages: who judges, what a form asks for, and the changes that it makes.

Every change is a judgement (`communique.linking.records.Judgement`): what was coded stays as it is, and each
judgement can be withdrawn again. A judgement is linked in at once; deals, agreements and contradictions follow
as soon as the answer is sent.
"""
