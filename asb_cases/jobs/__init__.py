"""What runs by itself: the register of jobs, the lease that elects who runs them, and the clock that starts them."""
