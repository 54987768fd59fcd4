"""Who takes part: partners, their people and the schools. Changes yearly."""
