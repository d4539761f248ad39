"""Three kinds of people, three web apps, and one for machines: they share no session, no cookie and no templates."""
