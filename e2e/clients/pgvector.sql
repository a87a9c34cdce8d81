-- The store of e2e/clients/pgvector.py, as an application would have made it before there was a guard.
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE IF NOT EXISTS documents (
  id bigint PRIMARY KEY,
  content text NOT NULL,
  author text UNIQUE,
  meta jsonb,
  tags text[],
  contact bigint,
  embedding vector(16)
);
CREATE TABLE IF NOT EXISTS notes (id serial PRIMARY KEY, note text);
INSERT INTO documents
SELECT i, 'Ticket ' || i || ' of person' || i || '@example.com', 'author' || i || '@example.com',
  jsonb_build_object('mail', 'meta' || i || '@example.com', 'number', i), ARRAY['tag' || i || '@example.com', 'plain'],
  i, ('[' || (SELECT string_agg(((i * 7 + d * 5) % 61 / 64.0)::float4::text, ',') FROM generate_series(1, 16) d) || ']')::vector
FROM generate_series(1, 60) i
ON CONFLICT DO NOTHING;
INSERT INTO notes (note) VALUES ('Note of person1@example.com');
CREATE INDEX IF NOT EXISTS documents_embedding ON documents USING hnsw (embedding vector_cosine_ops);
ANALYZE;
