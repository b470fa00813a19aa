CREATE TABLE author (
  author_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  handle text NOT NULL UNIQUE,
  name text NOT NULL,
  bio text
);
CREATE TABLE post (
  post_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  author_id int NOT NULL REFERENCES author,
  slug text NOT NULL UNIQUE,
  title text NOT NULL,
  body text NOT NULL,
  published_at timestamptz,
  search tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || body)) STORED
);
CREATE TABLE comment (
  comment_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  post_id int NOT NULL REFERENCES post ON DELETE CASCADE,
  reply_to int REFERENCES comment ON DELETE CASCADE,
  name text NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE tag (
  tag_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);
CREATE TABLE post_tag (
  post_id int NOT NULL REFERENCES post ON DELETE CASCADE,
  tag_id int NOT NULL REFERENCES tag ON DELETE CASCADE,
  PRIMARY KEY (post_id, tag_id)
);
CREATE INDEX post_search_idx ON post USING gin (search);
