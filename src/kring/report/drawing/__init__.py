"""The drawings of a report: what they are made of, and the charts that are made of figures."""
