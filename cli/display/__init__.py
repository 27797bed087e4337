"""Display: results laid out for a terminal or a pipe."""
