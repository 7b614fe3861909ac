"""Papers made: reports, forms filled, the notice board, the handover."""
