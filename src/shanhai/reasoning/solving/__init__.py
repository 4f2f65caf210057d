"""Interval constraints over claims, solved exactly."""
