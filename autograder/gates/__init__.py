"""What must hold before a lesson is released: small functions that find what is wrong and say the mend."""
