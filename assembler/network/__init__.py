"""A network of schools: each member's part exported as one bundle, merged into the lead's candidature, taken out again."""
