/** Types that the model knows, and sequences. */
import { COLLATION_NAME, NOT_EXTENSION, USER_SPACE } from "./parts.sql.ts";

export const TYPES = `
  select t.oid::int8, t.typnamespace::int8, t.typname, t.typtype, pg_catalog.obj_description(t.oid, 'pg_type'),
         case t.typtype
           when 'e' then (select json_agg(e.enumlabel order by e.enumsortorder)::text from pg_catalog.pg_enum e where e.enumtypid = t.oid)
           when 'd' then json_build_array(pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
                  case when t.typcollation <> b.typcollation then ${COLLATION_NAME("t.typcollation")} end)::text
           when 'c' then t.typrelid::text
           when 'r' then (select json_build_array(pg_catalog.format_type(r.rngsubtype, null),
                    case when not oc.opcdefault then pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname) end,
                    case when r.rngcollation <> st.typcollation then ${COLLATION_NAME("r.rngcollation")} end,
                    nullif(r.rngcanonical::oid, 0)::regproc::text, nullif(r.rngsubdiff::oid, 0)::regproc::text,
                    pg_catalog.format_type(r.rngmultitypid, null))::text
                    from pg_catalog.pg_range r join pg_catalog.pg_opclass oc on oc.oid = r.rngsubopc
                    join pg_catalog.pg_namespace ocn on ocn.oid = oc.opcnamespace join pg_catalog.pg_type st on st.oid = r.rngsubtype
                   where r.rngtypid = t.oid)
         end,
         t.typarray::int8
    from pg_catalog.pg_type t
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    left join pg_catalog.pg_type b on b.oid = t.typbasetype
    left join pg_catalog.pg_class c on c.oid = t.typrelid
   where (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
     and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_type", "t.oid")}
   order by n.nspname, t.typname`;

export const SEQUENCES = `
  select c.oid::int8, c.relnamespace::int8, c.relname, pg_catalog.format_type(s.seqtypid, null),
         s.seqstart::text, s.seqincrement::text, s.seqmax::text, s.seqmin::text, s.seqcache::text,
         s.seqcycle, c.relpersistence, d.refobjid::int8, d.refobjsubid, d.deptype
    from pg_catalog.pg_sequence s
    join pg_catalog.pg_class c on c.oid = s.seqrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
          and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i') and d.refobjsubid > 0
   where c.relpersistence <> 't' and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_class", "c.oid")}
   order by n.nspname, c.relname`;
