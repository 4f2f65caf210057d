"""Targets, and what the results held against them come to: by the catalogue's rule, never by accident.

``rolling``    figures of one owner over periods; plain values, nothing here knows a database
``together``   figures of several owners
``progress``   how far a figure is from baseline to target
``standing``   the one place that both pages and files take a target's figure from
"""
