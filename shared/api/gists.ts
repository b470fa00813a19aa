/**
 * This part is in charge of the HTTP contract of gists: text under an id that cannot be guessed, with versions. The same schemas
 * validate requests, shape answers and are printed as OpenAPI. `/api/gists` answers as DrawDB's import server does, `/gists` as
 * its share server does; where a gist was made with a secret, changing it needs `Authorization: Bearer <secret>`.
 */
import { type Static, Type } from "typebox";

/** A file's name: no path, nothing unprintable. */
const FileName = Type.String({ minLength: 1, maxLength: 200, pattern: "^(?!\\.{1,2}$)[^\\u0000-\\u001f\\u007f/\\\\]+$" });

/** A file's text, or JSON that is kept as text. */
const Content = Type.Union([Type.String(), Type.Record(Type.String(), Type.Unknown()), Type.Array(Type.Unknown())]);

export const NewGist = Type.Object({
  filename: FileName,
  content: Content,
  description: Type.Optional(Type.String({ maxLength: 1000 })),
  public: Type.Optional(Type.Boolean()),
  /** True asks for a secret, given once, without which the gist cannot be changed. */
  secret: Type.Optional(Type.Boolean()),
});
export type NewGist = Static<typeof NewGist>;

export const GistChange = Type.Object({
  filename: Type.Optional(FileName),
  content: Type.Optional(Type.Union([Content, Type.Null()])),
});
export type GistChange = Static<typeof GistChange>;

/** The answer to a new gist; `secret` only where one was asked for. */
export const Created = Type.Object({
  success: Type.Literal(true),
  data: Type.Object({
    id: Type.String(),
    secret: Type.Optional(Type.String()),
    files: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
});
export type Created = Static<typeof Created>;

/** A gist as DrawDB's import server answers it; `content` is parsed where it is JSON. */
export const DrawdbGist = Type.Object({
  id: Type.String(),
  description: Type.String(),
  public: Type.Boolean(),
  created_at: Type.String(),
  updated_at: Type.String(),
  files: Type.Record(
    Type.String(),
    Type.Object({
      filename: Type.String(),
      type: Type.String(),
      language: Type.String(),
      raw_url: Type.String(),
      size: Type.Optional(Type.Integer()),
      truncated: Type.Boolean(),
      content: Type.Unknown(),
    }),
  ),
});

/** A gist as GitHub and DrawDB's share server answer it; `content` is always text. */
export const SharedGist = Type.Object({
  success: Type.Literal(true),
  data: Type.Object({
    id: Type.String(),
    description: Type.String(),
    public: Type.Boolean(),
    created_at: Type.String(),
    updated_at: Type.String(),
    truncated: Type.Boolean(),
    files: Type.Record(
      Type.String(),
      Type.Object({
        filename: Type.String(),
        type: Type.String(),
        language: Type.Union([Type.String(), Type.Null()]),
        size: Type.Integer(),
        truncated: Type.Boolean(),
        content: Type.String(),
      }),
    ),
  }),
});
export type SharedGist = Static<typeof SharedGist>;

const Commit = Type.Object({
  version: Type.String(),
  committed_at: Type.String(),
  change_status: Type.Object({ total: Type.Integer(), additions: Type.Integer(), deletions: Type.Integer() }),
});

export const Commits = Type.Object({ success: Type.Literal(true), data: Type.Array(Commit) });

export const FileVersions = Type.Object({
  success: Type.Literal(true),
  data: Type.Array(Commit),
  pagination: Type.Object({
    cursor: Type.Union([Type.String(), Type.Null()]),
    hasMore: Type.Boolean(),
    limit: Type.Integer(),
    count: Type.Integer(),
  }),
});

export const Comparison = Type.Object({
  success: Type.Literal(true),
  data: Type.Object({ contentA: Type.String(), contentB: Type.String() }),
});
