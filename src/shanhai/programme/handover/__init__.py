"""What one term passes to the next: ``open`` gathers what is open in the register, ``listing`` is the list that is signed."""
