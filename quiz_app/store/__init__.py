"""The database: tables, and the only place that speaks SQL."""
