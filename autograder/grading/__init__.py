"""Grade a class with nbgrader: plug-ins for its own commands, the intake of submissions, a demonstration class."""
