"""Search: evaluates queries, ranks passages, and makes concordances of them."""
