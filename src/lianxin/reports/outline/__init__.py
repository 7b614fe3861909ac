"""Reports made from an outline: text with figures, grids, charts, the weekly arithmetic."""
