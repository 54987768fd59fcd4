"""Test data: one factory per model, published and valid by default. No test lives here."""
