"""The learning pathway as a metro map: plain data in, plain shapes out. No queries, no markup, no Django."""
