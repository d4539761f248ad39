"""A person who lost the words gets new ones, where they chose that before, by two counsellors."""
