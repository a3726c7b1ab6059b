// Placeholder of the hands: replaced with the first chip.
