"""Tell students what came of their work, and keep what they handed in from acting on whoever reads it."""
