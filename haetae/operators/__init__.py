"""What an operator does with us: sign up, answer, contest, look at its own figures. Each room stands alone."""
