"""A second opinion from the optional language model: masked before, verified after, deciding nothing."""
