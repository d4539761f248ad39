"""What a designation rests on and is watched by: public open channels, and how soon the hotline answers."""
