"""Lives that events add up to: the one engine that plays them, the steps and corrections several kinds share."""
