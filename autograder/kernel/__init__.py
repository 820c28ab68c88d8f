"""Kernels that cannot reach the network or write outside their folder, and a notebook run in one."""
